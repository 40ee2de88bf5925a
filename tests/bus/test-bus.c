/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The service as another program sees it, over a real bus: what it offers, what it refuses, and that no caller can
 * harm it. Calls between two people are in tests/agent. */
#include "config.h"

#include "ahoy-bus-errors.h"
#include "ahoy-bus-service.h"
#include "ahoy-bus-words.h"

#define DEADLINE_S 10
#define PREFIX "org.ahoycall.Ahoy1.Error."
#define MANAGER "org.ahoycall.Ahoy1.Manager"
#define PROPERTIES "org.freedesktop.DBus.Properties"

typedef struct
{
  GTestDBus *bus;
  GDBusConnection *server; /* (owned) has the service */
  GDBusConnection *client; /* (owned) has not */
  AhoyEngine *engine;
  AhoyBusService *service;
} Fixture;

static GDBusConnection *
connect_to (GTestDBus *bus)
{
  g_autoptr (GError) error = NULL;
  GDBusConnection *connection;

  connection = g_dbus_connection_new_for_address_sync (g_test_dbus_get_bus_address (bus),
                                                       G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
                                                           | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                                       NULL, NULL, &error);
  g_assert_no_error (error);

  return connection;
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (fixture->bus);
  fixture->server = connect_to (fixture->bus);
  fixture->client = connect_to (fixture->bus);
  fixture->engine = ahoy_engine_new ();
  fixture->service = ahoy_bus_service_new (fixture->engine);
  ahoy_bus_service_export (fixture->service, fixture->server, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  g_assert_finalize_object (fixture->service);
  g_clear_object (&fixture->engine);
  g_dbus_connection_close_sync (fixture->client, NULL, NULL);
  g_dbus_connection_close_sync (fixture->server, NULL, NULL);
  g_clear_object (&fixture->client);
  g_clear_object (&fixture->server);
  g_test_dbus_down (fixture->bus);
  g_clear_object (&fixture->bus);
}

typedef struct
{
  GVariant *value;
  GError *error;
  gboolean done;
  gboolean late;
} Reply;

static void
on_reply (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  Reply *reply = user_data;

  reply->value = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &reply->error);
  reply->done = TRUE;
}

static gboolean
on_deadline (gpointer data)
{
  Reply *reply = data;

  reply->late = TRUE;

  return G_SOURCE_REMOVE;
}

/* The service lives in this thread, so the caller has to let the main context run. */
static GVariant *
call (Fixture     *fixture,
      const char  *path,
      const char  *interface,
      const char  *method,
      GVariant    *parameters,
      GError     **error)
{
  Reply reply = { NULL, NULL, FALSE, FALSE };
  guint deadline_id = g_timeout_add_seconds (DEADLINE_S, on_deadline, &reply);

  g_dbus_connection_call (fixture->client, g_dbus_connection_get_unique_name (fixture->server), path, interface,
                          method, parameters, NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, on_reply, &reply);
  while (!reply.done)
    {
      g_main_context_iteration (NULL, TRUE);
      if (reply.late)
        g_error ("No answer to %s.%s", interface, method);
    }

  g_source_remove (deadline_id);
  if (reply.error)
    g_propagate_error (error, reply.error);

  return reply.value;
}

static GVariant *
call_manager (Fixture     *fixture,
              const char  *method,
              GVariant    *parameters,
              GError     **error)
{
  return call (fixture, AHOY_BUS_PATH "/Manager", MANAGER, method, parameters, error);
}

static GVariant *
get_property (Fixture    *fixture,
              const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = NULL;
  GVariant *value = NULL;

  answer = call (fixture, AHOY_BUS_PATH "/Manager", PROPERTIES, "Get",
                 g_variant_new ("(ss)", MANAGER, name), &error);
  g_assert_no_error (error);
  g_variant_get (answer, "(v)", &value);

  return value;
}

static void
assert_remote_error (GError     *error,
                     const char *name)
{
  g_autofree char *remote = NULL;

  g_assert_nonnull (error);
  remote = g_dbus_error_get_remote_error (error);
  g_assert_cmpstr (remote, ==, name);
}

static void
test_words (void)
{
  AhoyCallMedia media = AHOY_CALL_MEDIA_UNKNOWN;
  AhoyCallResult result = AHOY_CALL_RESULT_MISSED;
  AhoyDeviceKind kind = AHOY_DEVICE_CAMERA;

  g_assert_cmpstr (ahoy_bus_word_for_engine_state (AHOY_ENGINE_OFFLINE), ==, "offline");
  g_assert_cmpstr (ahoy_bus_word_for_call_state (AHOY_CALL_RECONNECTING), ==, "reconnecting");
  g_assert_cmpstr (ahoy_bus_word_for_call_state (AHOY_CALL_ENDED), ==, "ended");
  g_assert_cmpstr (ahoy_bus_word_for_reason (AHOY_END_REASON_END_BY_SERVER), ==, "end-by-server");
  g_assert_cmpstr (ahoy_bus_word_for_reason (AHOY_END_REASON_LINE_BUSY), ==, "line-busy");
  g_assert_cmpstr (ahoy_bus_word_for_scene (AHOY_CALL_SCENE_SINGLE), ==, "single");
  g_assert_cmpstr (ahoy_bus_word_for_quality (AHOY_NETWORK_QUALITY_DOWN), ==, "down");
  g_assert_cmpstr (ahoy_bus_word_for_status (AHOY_PARTICIPANT_ACCEPTED), ==, "accepted");
  g_assert_cmpstr (ahoy_bus_word_for_presence (AHOY_PRESENCE_BUSY), ==, "busy");
  g_assert_cmpstr (ahoy_bus_word_for_role (AHOY_CALL_ROLE_CALLED), ==, "called");

  /* A number of a newer server. */
  g_assert_cmpstr (ahoy_bus_word_for_reason ((AhoyEndReason) 4711), ==, "unknown");
  g_assert_cmpstr (ahoy_bus_word_for_reason ((AhoyEndReason) -1), ==, "unknown");

  g_assert_true (ahoy_bus_parse_media ("video", &media));
  g_assert_cmpint (media, ==, AHOY_CALL_MEDIA_VIDEO);
  g_assert_false (ahoy_bus_parse_media ("unknown", &media));
  g_assert_false (ahoy_bus_parse_media ("", &media));
  g_assert_true (ahoy_bus_parse_result ("all", &result));
  g_assert_cmpint (result, ==, AHOY_CALL_RESULT_UNKNOWN);
  g_assert_true (ahoy_bus_parse_device_kind ("speaker", &kind));
  g_assert_cmpint (kind, ==, AHOY_DEVICE_SPEAKER);
  g_assert_false (ahoy_bus_parse_device_kind ("screen", &kind));
}

static void
test_text (void)
{
  g_autofree char *none = ahoy_bus_text (NULL);
  g_autofree char *good = ahoy_bus_text ("Zoë");
  g_autofree char *bad = ahoy_bus_text ("a\xff");

  g_assert_cmpstr (none, ==, "");
  g_assert_cmpstr (good, ==, "Zoë");
  g_assert_true (g_utf8_validate (bad, -1, NULL));
}

static void
test_error_names (void)
{
  static const struct
  {
    int code;
    const char *name;
  } rows[] = {
    { -1201, PREFIX "NotSignedIn" },
    { -1202, PREFIX "InvalidArgument" },
    { -1203, PREFIX "WrongState" },
    { -1406, PREFIX "Unreachable" },
    { 6014, PREFIX "NotSignedIn" },
    { 8010, PREFIX "CallOver" },
    { 20007, PREFIX "Blocked" },
    { 70001, PREFIX "UserSigExpired" },
    { 70009, PREFIX "UserSigInvalid" },
    { 70020, PREFIX "UserSigInvalid" },
    { 60007, PREFIX "TooOften" },
    { 70050, PREFIX "TooOften" },
    { -1401, PREFIX "Unreachable" },
    { -1002, PREFIX "NotAllowed" },
    { 4711, PREFIX "Failed" },
  };
  g_autoptr (GError) tls = g_error_new_literal (G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE, "x");
  g_autoptr (GError) device = g_error_new_literal (AHOY_MEDIA_ERROR, AHOY_MEDIA_ERROR_CAMERA_BUSY, "x");
  g_autoptr (GError) cancelled = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "x");

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (AHOY_ERROR, rows[i].code, "x");

      g_assert_cmpstr (ahoy_bus_error_name (error), ==, rows[i].name);
    }

  g_assert_cmpstr (ahoy_bus_error_name (tls), ==, PREFIX "Untrusted");
  g_assert_cmpstr (ahoy_bus_error_name (device), ==, PREFIX "Device");
  g_assert_cmpstr (ahoy_bus_error_name (cancelled), ==, PREFIX "Cancelled");
}

static void
test_tree (Fixture      *fixture,
           gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = NULL;
  g_autoptr (GVariant) objects = NULL;
  g_autoptr (GVariant) interfaces = NULL;
  g_autoptr (GVariant) properties = NULL;
  g_autofree const char **calls = NULL;
  const char *text = NULL;

  answer = call (fixture, AHOY_BUS_PATH, "org.freedesktop.DBus.ObjectManager", "GetManagedObjects", NULL, &error);
  g_assert_no_error (error);

  objects = g_variant_get_child_value (answer, 0);
  g_assert_cmpuint (g_variant_n_children (objects), ==, 1);
  interfaces = g_variant_lookup_value (objects, AHOY_BUS_PATH "/Manager", NULL);
  g_assert_nonnull (interfaces);
  properties = g_variant_lookup_value (interfaces, MANAGER, G_VARIANT_TYPE_VARDICT);
  g_assert_nonnull (properties);

  g_assert_true (g_variant_lookup (properties, "State", "&s", &text));
  g_assert_cmpstr (text, ==, "signed-out");
  g_assert_true (g_variant_lookup (properties, "UserId", "&s", &text));
  g_assert_cmpstr (text, ==, "");
  g_assert_true (g_variant_lookup (properties, "Version", "&s", &text));
  g_assert_cmpstr (text, ==, AHOY_VERSION);
  g_assert_true (g_variant_lookup (properties, "Calls", "^a&o", &calls));
  g_assert_null (calls[0]);
}

static void
test_read_only (Fixture      *fixture,
                gconstpointer data)
{
  static const char *const names[] = { "State", "UserId", "Nickname", "Server", "Version" };
  g_autoptr (GVariant) state = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GVariant) answer = NULL;

      answer = call (fixture, AHOY_BUS_PATH "/Manager", PROPERTIES, "Set",
                     g_variant_new ("(ssv)", MANAGER, names[i], g_variant_new_string ("online")), &error);
      g_assert_null (answer);
      g_assert_nonnull (error);
    }

  state = get_property (fixture, "State");
  g_assert_cmpstr (g_variant_get_string (state, NULL), ==, "signed-out");
}

/* Everything that cannot be right is refused by name, and the next caller is served as before. */
static void
test_refusals (Fixture      *fixture,
               gconstpointer data)
{
  static const struct
  {
    const char *method;
    const char *parameters;
    const char *error;
  } rows[] = {
    { "Logout", "()", PREFIX "NotSignedIn" },
    { "RenewUserSig", "('x',)", PREFIX "NotSignedIn" },
    { "TryNow", "()", PREFIX "NotSignedIn" },
    { "SetSelfInfo", "({'nickname': <'x'>},)", PREFIX "NotSignedIn" },
    { "ListContacts", "()", PREFIX "NotSignedIn" },
    { "SetContact", "('bob', {'remark': <'x'>})", PREFIX "NotSignedIn" },
    { "RemoveContact", "('bob',)", PREFIX "NotSignedIn" },
    { "QueryHistory", "('all', '', uint32 10)", PREFIX "NotSignedIn" },
    { "DeleteHistory", "(@as [],)", PREFIX "NotSignedIn" },
    { "Call", "(['bob'], 'video', @a{sv} {})", PREFIX "NotSignedIn" },
    { "Call", "(['bob'], 'smell', @a{sv} {})", PREFIX "InvalidArgument" },
    { "Call", "(['bob'], 'video', {'timeout': <'soon'>})", PREFIX "InvalidArgument" },
    { "Call", "(['bob'], 'video', {'colour': <'red'>})", PREFIX "InvalidArgument" },
    { "Call", "(['bob'], 'video', {'room_number': <uint32 0>})", PREFIX "InvalidArgument" },
    { "Call", "(['bob'], 'video', {'room_number': <uint32 2147483648>})", PREFIX "InvalidArgument" },
    { "Call", "(['bob'], 'video', {'room_number': <int32 7>})", PREFIX "InvalidArgument" },
    { "Call", "(['bob'], 'video', {'record_policy': <'maybe'>})", PREFIX "InvalidArgument" },
    { "Call", "(['bob'], 'video', {'room': <'r'>, 'group_id': <'g'>, 'record_policy': <'off'>})", PREFIX "NotSignedIn" },
    { "QueryHistory", "('some', '', uint32 10)", PREFIX "InvalidArgument" },
    { "ListDevices", "('nose',)", PREFIX "InvalidArgument" },
    { "SelectDevice", "('nose', '')", PREFIX "InvalidArgument" },
    { "SelectDevice", "('camera', 'no such camera')", PREFIX "NoSuchDevice" },
    { "Call", "('bob',)", "org.freedesktop.DBus.Error.InvalidArgs" },
    { "Fly", "()", "org.freedesktop.DBus.Error.UnknownMethod" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GVariant) answer = NULL;
      g_autoptr (GVariant) state = NULL;

      g_test_message ("%s %s", rows[i].method, rows[i].parameters);
      answer = call_manager (fixture, rows[i].method, g_variant_new_parsed (rows[i].parameters), &error);
      g_assert_null (answer);
      assert_remote_error (error, rows[i].error);

      state = get_property (fixture, "State");
      g_assert_cmpstr (g_variant_get_string (state, NULL), ==, "signed-out");
    }
}

static void
test_unknown_objects (Fixture      *fixture,
                      gconstpointer data)
{
  g_autoptr (GError) no_object = NULL;
  g_autoptr (GError) no_interface = NULL;
  g_autoptr (GVariant) answer = NULL;
  g_autoptr (GVariant) other = NULL;

  answer = call (fixture, AHOY_BUS_PATH "/Call/1", "org.ahoycall.Ahoy1.Call", "HangUp", NULL, &no_object);
  g_assert_null (answer);
  g_assert_nonnull (no_object);

  other = call (fixture, AHOY_BUS_PATH "/Manager", "org.ahoycall.Ahoy1.Call", "HangUp", NULL, &no_interface);
  g_assert_null (other);
  g_assert_nonnull (no_interface);
}

static void
test_login_without_server (Fixture      *fixture,
                           gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) bad_uri = NULL;
  g_autoptr (GVariant) answer = NULL;
  g_autoptr (GVariant) other = NULL;
  g_autoptr (GVariant) state = NULL;

  /* Port 1 is nobody's. */
  answer = call_manager (fixture, "Login",
                         g_variant_new ("(stss)", "http://127.0.0.1:1", G_GUINT64_CONSTANT (1), "alice", "eJw*"),
                         &error);
  g_assert_null (answer);
  g_assert_nonnull (error);

  other = call_manager (fixture, "Login",
                        g_variant_new ("(stss)", "no address", G_GUINT64_CONSTANT (1), "alice", "eJw*"), &bad_uri);
  g_assert_null (other);
  g_assert_nonnull (bad_uri);

  state = get_property (fixture, "State");
  g_assert_cmpstr (g_variant_get_string (state, NULL), ==, "signed-out");
}

static void
test_unexport (Fixture      *fixture,
               gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) again = NULL;
  g_autoptr (GVariant) answer = NULL;
  g_autoptr (GVariant) state = NULL;

  ahoy_bus_service_unexport (fixture->service);
  ahoy_bus_service_unexport (fixture->service);
  answer = call_manager (fixture, "ListDevices", g_variant_new ("(s)", "camera"), &error);
  g_assert_null (answer);
  g_assert_nonnull (error);

  ahoy_bus_service_export (fixture->service, fixture->server, &again);
  g_assert_no_error (again);
  state = get_property (fixture, "State");
  g_assert_cmpstr (g_variant_get_string (state, NULL), ==, "signed-out");
}

/* Not G_TEST_OPTION_ISOLATE_DIRS: it hides the schemas too, and GIO's proxy resolver cannot live without them. */
static char *
use_own_folders (void)
{
  static const char *const variables[] = {
    "HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR",
  };
  char *folder = g_dir_make_tmp ("ahoy-test-bus-XXXXXX", NULL);

  g_assert_nonnull (folder);
  for (guint i = 0; i < G_N_ELEMENTS (variables); i++)
    g_setenv (variables[i], folder, TRUE);

  return folder;
}

static void
remove_folder (const char *folder)
{
  const char *argv[] = { "rm", "-rf", "--", folder, NULL };
  g_autoptr (GError) error = NULL;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

int
main (int   argc,
      char *argv[])
{
  static const struct
  {
    const char *name;
    void (*run) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "/bus/tree", test_tree },
    { "/bus/read-only", test_read_only },
    { "/bus/refusals", test_refusals },
    { "/bus/unknown-objects", test_unknown_objects },
    { "/bus/login-without-server", test_login_without_server },
    { "/bus/unexport", test_unexport },
  };
  g_autofree char *folder = NULL;
  int status;

  folder = use_own_folders ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bus/words", test_words);
  g_test_add_func ("/bus/text", test_text);
  g_test_add_func ("/bus/error-names", test_error_names);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Fixture, NULL, set_up, tests[i].run, tear_down);

  status = g_test_run ();
  remove_folder (folder);

  return status;
}
