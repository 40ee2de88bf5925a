/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-engine-private.h"
#include "ahoy-limits.h"
#include "ahoy-test-client.h"
#include "ahoy-websocket-transport.h"
#include "engine-fixture.h"
#include "fixed-resolver.h"
#include "stalling-proxy.h"

/* Signing in, staying signed in, and what is the same on all devices. */

#define SEVERAL_DEVICES "[server]\nseveral-devices=true\n[limits]\nmessages-per-second=2000\nmessages-burst=5000\n" \
                        "invites-per-minute=1000\n"
#define CONNECT_MS 10000

typedef struct
{
  AhoyEngine *engine;
  AhoyEngineState state;
} InState;

static gboolean
is_in_state (gpointer data)
{
  InState *wanted = data;

  return ahoy_engine_get_state (wanted->engine) == wanted->state;
}

static void
await_state (AhoyEngine      *engine,
             AhoyEngineState  state,
             guint            timeout_ms)
{
  InState wanted = { engine, state };
  g_autofree char *what = g_strdup_printf ("engine state %d", state);

  ahoy_test_wait (is_in_state, &wanted, timeout_ms, what);
}

static gboolean
is_set (gpointer data)
{
  return *(gboolean *) data;
}

static void
set (gboolean *flag)
{
  *flag = TRUE;
}

static void
count (guint *counter)
{
  (*counter)++;
}

static void
test_tickets (void)
{
  g_autoptr (AhoyTestServer) server = ahoy_test_server_new (NULL);
  g_autofree char *good = ahoy_test_server_user_sig (server, "alice", 600);
  g_autofree char *expired = ahoy_test_server_user_sig (server, "alice", 1);
  const char *uri = ahoy_test_server_get_uri (server);
  guint64 app_id = ahoy_test_server_get_app_id (server);
  gint64 made = g_get_monotonic_time ();
  struct
  {
    const char *user;
    const char *ticket;
    guint64 app_id;
    int code;
  } rows[] = {
    { "bob", good, app_id, AHOY_ERROR_USER_SIG_WRONG_USER },
    { "alice", good, app_id + 1, 0 },
    { "alice", "rubbish", app_id, 0 },
    { "alice", "", app_id, AHOY_ERROR_USER_SIG_EMPTY },
    { "", good, app_id, AHOY_ERROR_PARAM_INVALID },
    { "alice", good, 0, AHOY_ERROR_PARAM_INVALID },
    { "alice", expired, app_id, AHOY_ERROR_USER_SIG_EXPIRED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      AhoyEngine *engine = engine_new ("device-a");
      g_autoptr (GError) error = NULL;

      /* The last row's ticket has to be too old: a second is over when the others have been tried. */
      while (rows[i].ticket == expired && g_get_monotonic_time () < made + 2500000)
        g_main_context_iteration (NULL, FALSE);
      error = engine_try_login (engine, uri, rows[i].app_id, rows[i].user, rows[i].ticket);
      g_assert_nonnull (error);
      g_assert_true (error->domain == AHOY_ERROR);
      if (rows[i].code)
        g_assert_cmpint (error->code, ==, rows[i].code);
      else
        g_assert_cmpint (error->code, >=, AHOY_ERROR_USER_SIG_EXPIRED);
      g_assert_cmpint (ahoy_engine_get_state (engine), ==, AHOY_ENGINE_SIGNED_OUT);
      g_assert_null (ahoy_engine_get_self (engine));
      settle ();
      g_assert_finalize_object (engine);
    }
}

static void
test_no_server (void)
{
  g_autoptr (AhoyTestServer) server = ahoy_test_server_new (NULL);
  g_autofree char *ticket = ahoy_test_server_user_sig (server, "alice", 600);
  const char *uri = ahoy_test_server_get_uri (server);
  guint64 app_id = ahoy_test_server_get_app_id (server);
  AhoyEngine *engine = engine_new ("device-a");
  g_autoptr (GError) error = NULL;
  gint64 retry_at;

  ahoy_test_server_kill (server);
  error = engine_try_login (engine, uri, app_id, "alice", ticket);
  g_assert_error (error, AHOY_ERROR, AHOY_ERROR_SIGNALING_SEND_FAILED);
  g_assert_cmpint (ahoy_engine_get_state (engine), ==, AHOY_ENGINE_SIGNED_OUT);
  g_clear_error (&error);

  error = engine_try_login (engine, "gopher://nowhere", app_id, "alice", ticket);
  g_assert_error (error, AHOY_ERROR, AHOY_ERROR_PARAM_INVALID);
  g_clear_error (&error);

  /* A start without network: goes on by itself. */
  ahoy_engine_set_keep_trying (engine, TRUE);
  error = engine_try_login (engine, uri, app_id, "alice", ticket);
  g_assert_no_error (error);
  g_assert_cmpint (ahoy_engine_get_state (engine), ==, AHOY_ENGINE_OFFLINE);
  g_object_get (engine, "retry-at", &retry_at, NULL);
  g_assert_cmpint (retry_at, >, 0);
  ahoy_test_server_start (server);
  ahoy_engine_try_now (engine);
  await_state (engine, AHOY_ENGINE_ONLINE, 5000);
  engine_free (engine);
}

static void
test_plain_http (void)
{
  /* Something answers, but it is no Ahoy server: a wrong path of the right one. */
  g_autoptr (AhoyTestServer) server = ahoy_test_server_new (NULL);
  g_autofree char *ticket = ahoy_test_server_user_sig (server, "alice", 600);
  g_autofree char *uri = g_strconcat (ahoy_test_server_get_uri (server), "/elsewhere", NULL);
  AhoyEngine *engine = engine_new ("device-a");
  g_autoptr (GError) error = NULL;

  error = engine_try_login (engine, uri, ahoy_test_server_get_app_id (server), "alice", ticket);
  g_assert_error (error, AHOY_ERROR, AHOY_ERROR_SIGNALING_SEND_FAILED);
  settle ();
  g_assert_finalize_object (engine);
}

static void
test_kicked (void)
{
  g_autoptr (AhoyTestServer) server = ahoy_test_server_new (NULL);
  AhoyEngine *one = engine_new_online (server, "alice", "device-1");
  AhoyEngine *other;
  gboolean kicked = FALSE;

  g_signal_connect_swapped (one, "kicked-offline", G_CALLBACK (set), &kicked);
  other = engine_new_online (server, "alice", "device-2");
  ahoy_test_wait (is_set, &kicked, 5000, "the first device to be signed out");
  g_assert_cmpint (ahoy_engine_get_state (one), ==, AHOY_ENGINE_SIGNED_OUT);
  g_assert_cmpint (ahoy_engine_get_state (other), ==, AHOY_ENGINE_ONLINE);
  engine_free (one);
  engine_free (other);
}

typedef struct
{
  AhoyContacts *contacts;
  const char *remark;
} Wanted;

static gboolean
has_contact (gpointer data)
{
  Wanted *wanted = data;
  g_autoptr (AhoyUser) user = g_list_model_get_item (G_LIST_MODEL (wanted->contacts), 0);

  return user && g_strcmp0 (ahoy_user_get_display_name (user), wanted->remark) == 0;
}

static gboolean
is_online (gpointer data)
{
  return ahoy_user_get_presence (data) == AHOY_PRESENCE_ONLINE;
}

static gboolean
is_empty (gpointer data)
{
  return g_list_model_get_n_items (data) == 0;
}

static void
on_done (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static gboolean
has_result (gpointer data)
{
  return *(gpointer *) data != NULL;
}

static void
test_contacts (void)
{
  g_autoptr (AhoyTestServer) server = ahoy_test_server_new (SEVERAL_DEVICES);
  AhoyEngine *one = engine_new_online (server, "alice", "device-1");
  AhoyEngine *two = engine_new_online (server, "alice", "device-2");
  AhoyContacts *contacts = ahoy_engine_get_contacts (one);
  g_autofree char *ticket = ahoy_test_server_user_sig (server, "alice", 600);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) removed = NULL;
  g_autoptr (GError) error = NULL;
  Wanted wanted = { ahoy_engine_get_contacts (two), "Bobby" };
  AhoyEngine *bob, *offline;

  ahoy_contacts_set_async (contacts, "bob", "Bobby", 1, NULL, on_done, &result);
  /* Shown before the server has answered. */
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (contacts)), ==, 1);
  ahoy_test_wait (has_result, &result, 5000, "the contact to be stored");
  g_assert_true (ahoy_contacts_set_finish (contacts, result, &error));
  g_assert_no_error (error);
  ahoy_test_wait (has_contact, &wanted, 5000, "the contact on the other device");
  g_assert_true (ahoy_user_get_is_favourite (ahoy_engine_get_user (two, "bob")));

  bob = engine_new_online (server, "bob", "device-b");
  ahoy_test_wait (is_online, ahoy_engine_get_user (one, "bob"), 5000, "bob's presence on the first device");
  ahoy_test_wait (is_online, ahoy_engine_get_user (two, "bob"), 5000, "bob's presence on the second device");
  engine_free (bob);
  engine_free (two);

  /* Without a server the list comes from the disk. */
  g_clear_object (&result);
  engine_free (one);
  ahoy_test_server_kill (server);
  offline = engine_new ("device-1");
  ahoy_engine_set_keep_trying (offline, TRUE);
  error = engine_try_login (offline, ahoy_test_server_get_uri (server), ahoy_test_server_get_app_id (server),
                            "alice", ticket);
  g_assert_no_error (error);
  wanted.contacts = ahoy_engine_get_contacts (offline);
  ahoy_test_wait (has_contact, &wanted, 5000, "the contact from the disk");
  g_assert_cmpint (ahoy_engine_get_state (offline), ==, AHOY_ENGINE_OFFLINE);

  ahoy_test_server_start (server);
  ahoy_engine_try_now (offline);
  await_state (offline, AHOY_ENGINE_ONLINE, 5000);
  ahoy_contacts_remove_async (wanted.contacts, "bob", NULL, on_done, &removed);
  ahoy_test_wait (has_result, &removed, 5000, "the contact to be removed");
  g_assert_true (ahoy_contacts_remove_finish (wanted.contacts, removed, &error));
  g_assert_no_error (error);
  ahoy_test_wait (is_empty, wanted.contacts, 1000, "the empty list");
  g_clear_object (&removed);
  engine_free (offline);
}

static gboolean
has_everybody (gpointer contacts)
{
  return g_list_model_get_n_items (contacts) == AHOY_MAX_CONTACTS;
}

static void
on_items_changed (GListModel *contacts,
                  guint       position,
                  guint       removed,
                  guint       added,
                  guint      *n_changes)
{
  (*n_changes)++;
}

/* As many as there may be come in several pages, and are shown at once. */
static void
test_many_contacts (void)
{
  g_autoptr (AhoyTestServer) server = ahoy_test_server_new (SEVERAL_DEVICES);
  AhoyTestClient *client = ahoy_test_client_new (server, "alice", "device-1");
  g_autofree char *remark = g_strnfill (AHOY_MAX_REMARK / 5, 'x');
  g_autofree char *ticket = ahoy_test_server_user_sig (server, "alice", 600);
  g_autoptr (GError) error = NULL;
  AhoyContacts *contacts;
  AhoyEngine *engine;
  guint n_changes = 0;

  for (guint i = 0; i < AHOY_MAX_CONTACTS; i++)
    {
      g_autofree char *text = NULL;

      text = g_strdup_printf ("{\"id\":\"%u\",\"t\":\"contacts.set\",\"d\":{\"user\":\"user%u\",\"remark\":\"%s\"}}",
                              i, i, remark);
      ahoy_test_client_send (client, text);
      if (i % 100 == 0)
        ahoy_test_client_flush (client);
    }
  ahoy_test_client_flush (client);
  ahoy_test_client_free (client);

  engine = engine_new ("device-2");
  contacts = ahoy_engine_get_contacts (engine);
  g_signal_connect (contacts, "items-changed", G_CALLBACK (on_items_changed), &n_changes);
  error = engine_try_login (engine, ahoy_test_server_get_uri (server), ahoy_test_server_get_app_id (server), "alice", ticket);
  g_assert_no_error (error);
  ahoy_test_wait (has_everybody, contacts, 10000, "all contacts");
  g_assert_cmpuint (n_changes, ==, 1);
  g_signal_handlers_disconnect_by_data (contacts, &n_changes);
  engine_free (engine);
}

/* A remark too long for the server: what was shown at once is taken back. One that no message has room for is not
 * even sent, as the server would end the connection for it, and the next one. */
static void
test_contact_refused (gconstpointer length)
{
  g_autoptr (AhoyTestServer) server = ahoy_test_server_new (NULL);
  AhoyEngine *engine = engine_new_online (server, "alice", "device-1");
  AhoyContacts *contacts = ahoy_engine_get_contacts (engine);
  g_autofree char *remark = g_strnfill (GPOINTER_TO_SIZE (length), 'x');
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  ahoy_contacts_set_async (contacts, "bob", remark, -1, NULL, on_done, &result);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (contacts)), ==, 1);
  ahoy_test_wait (has_result, &result, 5000, "the refusal");
  g_assert_false (ahoy_contacts_set_finish (contacts, result, &error));
  g_assert_true (error->domain == AHOY_ERROR);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (contacts)), ==, 0);
  g_assert_false (ahoy_user_get_is_contact (ahoy_engine_get_user (engine, "bob")));
  g_clear_object (&result);
  engine_add_contact (engine, "carol");
  g_assert_cmpint (ahoy_engine_get_state (engine), ==, AHOY_ENGINE_ONLINE);
  engine_free (engine);
}

static gboolean
has_name (gpointer data)
{
  return g_strcmp0 (ahoy_user_get_display_name (data), "Alice Example") == 0;
}

static void
test_profile (void)
{
  g_autoptr (AhoyTestServer) server = ahoy_test_server_new (NULL);
  AhoyEngine *alice = engine_new_online (server, "alice", "device-a");
  AhoyEngine *bob = engine_new_online (server, "bob", "device-b");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  ahoy_engine_set_self_info_async (alice, "Alice Example", NULL, NULL, on_done, &result);
  ahoy_test_wait (has_result, &result, 5000, "the name to be stored");
  g_assert_true (ahoy_engine_set_self_info_finish (alice, result, &error));
  g_assert_no_error (error);
  g_assert_true (has_name (ahoy_engine_get_self (alice)));
  g_assert_true (ahoy_engine_get_user (bob, "alice") == ahoy_engine_get_user (bob, "alice"));
  ahoy_test_wait (has_name, ahoy_engine_get_user (bob, "alice"), 5000, "alice's name at bob's");
  g_clear_object (&result);
  engine_free (alice);
  engine_free (bob);
}

/* Two devices ring; one answers, and the other is told so. */
static void
test_two_devices (void)
{
  g_autoptr (AhoyTestServer) server = ahoy_test_server_new (SEVERAL_DEVICES);
  AhoyEngine *alice = engine_new_online (server, "alice", "device-a");
  AhoyEngine *one = engine_new_online (server, "bob", "device-1");
  AhoyEngine *two = engine_new_online (server, "bob", "device-2");
  g_autoptr (AhoyCall) placed = NULL;
  g_autoptr (AhoyCall) first = NULL;
  g_autoptr (AhoyCall) second = NULL;
  g_autoptr (GError) error = NULL;

  engine_add_contact (one, "alice");
  placed = engine_place (alice, "bob", AHOY_CALL_MEDIA_VIDEO, 30);
  first = engine_await_incoming (one);
  second = engine_await_incoming (two);
  error = call_accept (second);
  g_assert_no_error (error);
  call_await_state (first, AHOY_CALL_ENDED, 5000);
  g_assert_cmpint (ahoy_call_get_end_reason (first), ==, AHOY_END_REASON_OTHER_DEVICE_ACCEPTED);
  call_await_state (placed, AHOY_CALL_ACTIVE, CONNECT_MS);
  call_await_state (second, AHOY_CALL_ACTIVE, CONNECT_MS);
  call_await_frames (placed, 5);
  call_await_frames (second, 5);
  call_hang_up (second);
  call_await_state (placed, AHOY_CALL_ENDED, 5000);
  g_clear_object (&placed);
  g_clear_object (&first);
  g_clear_object (&second);
  engine_free (alice);
  engine_free (one);
  engine_free (two);
}

/* The server is killed while two talk: they go on, come back, and the record is complete. */
static void
test_server_killed (void)
{
  g_autoptr (AhoyTestServer) server = ahoy_test_server_new (NULL);
  AhoyEngine *alice = engine_new_online (server, "alice", "device-a");
  AhoyEngine *bob = engine_new_online (server, "bob", "device-b");
  g_autoptr (AhoyCall) placed = engine_place (alice, "bob", AHOY_CALL_MEDIA_VIDEO, 30);
  g_autoptr (AhoyCall) incoming = engine_await_incoming (bob);
  g_autoptr (GError) error = call_accept (incoming);
  g_autoptr (GPtrArray) records = NULL;
  g_autofree char *id = NULL;

  g_assert_no_error (error);
  call_await_state (placed, AHOY_CALL_ACTIVE, CONNECT_MS);
  call_await_state (incoming, AHOY_CALL_ACTIVE, CONNECT_MS);
  id = g_strdup (ahoy_call_get_id (placed));
  call_await_frames (placed, 1);
  call_await_frames (incoming, 1);

  ahoy_test_server_kill (server);
  await_state (alice, AHOY_ENGINE_OFFLINE, 5000);
  await_state (bob, AHOY_ENGINE_OFFLINE, 5000);
  call_await_frames (placed, 15);
  call_await_frames (incoming, 15);
  g_assert_cmpint (ahoy_call_get_state (placed), ==, AHOY_CALL_ACTIVE);

  ahoy_test_server_start (server);
  await_state (alice, AHOY_ENGINE_ONLINE, 6000);
  await_state (bob, AHOY_ENGINE_ONLINE, 6000);
  g_assert_cmpint (ahoy_call_get_state (placed), ==, AHOY_CALL_ACTIVE);
  g_assert_cmpint (ahoy_call_get_state (incoming), ==, AHOY_CALL_ACTIVE);
  call_hang_up (incoming);
  call_await_state (placed, AHOY_CALL_ENDED, 5000);
  g_assert_cmpint (ahoy_call_get_end_reason (placed), ==, AHOY_END_REASON_HANG_UP);
  records = engine_query (alice);
  g_assert_cmpuint (records->len, ==, 1);
  g_assert_cmpstr (ahoy_record_get_call_id (g_ptr_array_index (records, 0)), ==, id);
  g_assert_cmpint (ahoy_record_get_reason (g_ptr_array_index (records, 0)), ==, AHOY_END_REASON_HANG_UP);
  g_assert_cmpuint (ahoy_record_get_duration (g_ptr_array_index (records, 0)), ==, ahoy_call_get_duration (placed));
  g_clear_pointer (&records, g_ptr_array_unref);
  g_clear_object (&placed);
  g_clear_object (&incoming);
  engine_free (alice);
  engine_free (bob);
}

/* Hung up while there is no server: it learns of it later. */
static void
test_hang_up_offline (void)
{
  g_autoptr (AhoyTestServer) server = ahoy_test_server_new (NULL);
  AhoyEngine *alice = engine_new_online (server, "alice", "device-a");
  AhoyEngine *bob = engine_new_online (server, "bob", "device-b");
  g_autoptr (AhoyCall) placed = engine_place (alice, "bob", AHOY_CALL_MEDIA_AUDIO, 30);
  g_autoptr (AhoyCall) incoming = engine_await_incoming (bob);
  g_autoptr (GError) error = call_accept (incoming);

  g_assert_no_error (error);
  call_await_state (placed, AHOY_CALL_ACTIVE, CONNECT_MS);
  ahoy_test_server_kill (server);
  await_state (alice, AHOY_ENGINE_OFFLINE, 5000);
  ahoy_call_hang_up_async (placed, NULL, NULL, NULL);
  g_assert_cmpint (ahoy_call_get_state (placed), ==, AHOY_CALL_ENDED);
  ahoy_test_server_start (server);
  call_await_state (incoming, AHOY_CALL_ENDED, 10000);
  g_assert_cmpint (ahoy_call_get_end_reason (incoming), ==, AHOY_END_REASON_HANG_UP);
  await_state (alice, AHOY_ENGINE_ONLINE, 6000);
  g_clear_object (&placed);
  g_clear_object (&incoming);
  engine_free (alice);
  engine_free (bob);
}

static gboolean
on_time (gpointer data)
{
  set (data);
  return G_SOURCE_REMOVE;
}

/* Five seconds in which the network swallows everything, with a call under way. */
static void
test_dead_network (void)
{
  g_autoptr (AhoyTestServer) server = ahoy_test_server_new (NULL);
  StallingProxy *proxy = stalling_proxy_new (ahoy_test_server_get_port (server));
  g_autofree char *uri = g_strdup_printf ("ws://127.0.0.1:%u", stalling_proxy_get_port (proxy));
  g_autofree char *ticket = ahoy_test_server_user_sig (server, "alice", 600);
  AhoyEngine *alice = engine_new ("device-a");
  AhoyEngine *bob = engine_new_online (server, "bob", "device-b");
  g_autoptr (AhoyCall) placed = NULL;
  g_autoptr (AhoyCall) incoming = NULL;
  g_autoptr (GError) error = NULL;
  gboolean over = FALSE;

  error = engine_try_login (alice, uri, ahoy_test_server_get_app_id (server), "alice", ticket);
  g_assert_no_error (error);
  placed = engine_place (alice, "bob", AHOY_CALL_MEDIA_AUDIO, 30);
  incoming = engine_await_incoming (bob);
  error = call_accept (incoming);
  g_assert_no_error (error);
  call_await_state (placed, AHOY_CALL_ACTIVE, CONNECT_MS);

  stalling_proxy_set_dead (proxy, TRUE);
  g_timeout_add (5000, on_time, &over);
  await_state (alice, AHOY_ENGINE_OFFLINE, 5000);
  ahoy_test_wait (is_set, &over, 6000, "the end of the five seconds");
  stalling_proxy_set_dead (proxy, FALSE);
  await_state (alice, AHOY_ENGINE_ONLINE, 5000);
  g_assert_cmpint (ahoy_call_get_state (placed), ==, AHOY_CALL_ACTIVE);
  g_assert_cmpint (ahoy_call_get_state (incoming), ==, AHOY_CALL_ACTIVE);
  /* What is said now still arrives. */
  call_hang_up (placed);
  call_await_state (incoming, AHOY_CALL_ENDED, 5000);
  g_clear_object (&placed);
  g_clear_object (&incoming);
  engine_free (alice);
  engine_free (bob);
  stalling_proxy_free (proxy);
}

/* Which address goes away with a network is known of a connection. */
static void
test_local_address (void)
{
  g_autoptr (AhoyTestServer) server = ahoy_test_server_new (NULL);
  g_autofree char *address = ahoy_websocket_transport_make_address (ahoy_test_server_get_uri (server), NULL);
  g_autoptr (AhoyTransport) transport = ahoy_websocket_transport_new (address, NULL, 5000);
  g_autoptr (GInetAddress) local = NULL;
  g_autofree char *text = NULL;
  gboolean opened = FALSE;

  g_assert_null (ahoy_transport_get_local_address (transport));
  g_signal_connect_swapped (transport, "opened", G_CALLBACK (set), &opened);
  ahoy_transport_open (transport);
  ahoy_test_wait (is_set, &opened, 5000, "the connection");
  local = ahoy_transport_get_local_address (transport);
  g_assert_nonnull (local);
  text = g_inet_address_to_string (local);
  g_assert_cmpstr (text, ==, "127.0.0.1");
  ahoy_transport_close (transport, FALSE);
  settle ();
}

/* What was open is dead since the network is another one, but new connections are answered. */
static void
test_other_network (void)
{
  g_autoptr (AhoyTestServer) server = ahoy_test_server_new (NULL);
  StallingProxy *proxy = stalling_proxy_new (ahoy_test_server_get_port (server));
  g_autofree char *uri = g_strdup_printf ("ws://127.0.0.1:%u", stalling_proxy_get_port (proxy));
  g_autofree char *ticket = ahoy_test_server_user_sig (server, "alice", 600);
  AhoyEngine *alice = engine_new ("device-a");
  g_autoptr (GError) error = NULL;
  gint64 changed;
  gboolean over = FALSE;
  guint n_offline = 0;

  error = engine_try_login (alice, uri, ahoy_test_server_get_app_id (server), "alice", ticket);
  g_assert_no_error (error);

  /* One that lives shows it, and stays. */
  g_signal_connect_swapped (alice, "notify::state", G_CALLBACK (count), &n_offline);
  g_signal_emit_by_name (alice->network, "changed");
  g_timeout_add (1500, on_time, &over);
  ahoy_test_wait (is_set, &over, 5000, "the time to prove it to be over");
  g_assert_cmpuint (n_offline, ==, 0);

  stalling_proxy_set_dead (proxy, TRUE);
  stalling_proxy_set_dead (proxy, FALSE);
  changed = g_get_monotonic_time ();
  g_signal_emit_by_name (alice->network, "changed");
  await_state (alice, AHOY_ENGINE_OFFLINE, 2000);
  await_state (alice, AHOY_ENGINE_ONLINE, 1000);
  g_test_message ("back after %" G_GINT64_FORMAT " ms", (g_get_monotonic_time () - changed) / 1000);
  engine_free (alice);
  stalling_proxy_free (proxy);
}

/* The server's name means another address from one moment to the next, and nobody answers at the old one: the call goes
 * on, and both know each other again. */
static void
test_server_moves (void)
{
  g_autoptr (AhoyTestServer) server = ahoy_test_server_new (NULL);
  StallingProxy *here = stalling_proxy_new_at ("127.0.0.1", 0, ahoy_test_server_get_port (server));
  StallingProxy *there = stalling_proxy_new_at ("127.0.0.2", stalling_proxy_get_port (here),
                                                ahoy_test_server_get_port (server));
  g_autofree char *uri = g_strdup_printf ("ws://server.test:%u", stalling_proxy_get_port (here));
  g_autofree char *ticket = ahoy_test_server_user_sig (server, "alice", 600);
  AhoyEngine *alice = engine_new ("device-a");
  AhoyEngine *bob = engine_new_online (server, "bob", "device-b");
  g_autoptr (GResolver) usual = g_resolver_get_default ();
  g_autoptr (AhoyCall) placed = NULL;
  g_autoptr (AhoyCall) incoming = NULL;
  g_autoptr (GError) error = NULL;

  fixed_resolver_set ("127.0.0.1");
  error = engine_try_login (alice, uri, ahoy_test_server_get_app_id (server), "alice", ticket);
  g_assert_no_error (error);
  placed = engine_place (alice, "bob", AHOY_CALL_MEDIA_AUDIO, 30);
  incoming = engine_await_incoming (bob);
  error = call_accept (incoming);
  g_assert_no_error (error);
  call_await_state (placed, AHOY_CALL_ACTIVE, CONNECT_MS);

  fixed_resolver_set ("127.0.0.2");
  stalling_proxy_set_dead (here, TRUE);
  await_state (alice, AHOY_ENGINE_OFFLINE, 6000);
  await_state (alice, AHOY_ENGINE_ONLINE, 4000);
  g_assert_cmpint (ahoy_call_get_state (placed), ==, AHOY_CALL_ACTIVE);
  g_assert_cmpint (ahoy_call_get_state (incoming), ==, AHOY_CALL_ACTIVE);
  call_hang_up (placed);
  call_await_state (incoming, AHOY_CALL_ENDED, 5000);
  g_assert_cmpint (ahoy_call_get_end_reason (incoming), ==, AHOY_END_REASON_HANG_UP);
  g_clear_object (&placed);
  g_clear_object (&incoming);
  engine_free (alice);
  engine_free (bob);
  g_resolver_set_default (usual);
  stalling_proxy_free (here);
  stalling_proxy_free (there);
}

static gboolean
is_answered (gpointer call)
{
  return ahoy_call_get_id (call) || ahoy_call_get_state (call) == AHOY_CALL_ENDED;
}

/* Nobody is called with a ticket that has lapsed, as soon as the server knows it as well. */
static gboolean
cannot_call (gpointer engine)
{
  g_autoptr (AhoyCall) call = engine_place (engine, "bob", AHOY_CALL_MEDIA_AUDIO, 30);

  ahoy_test_wait (is_answered, call, 5000, "an answer to the call");
  if (ahoy_call_get_state (call) != AHOY_CALL_ENDED)
    {
      call_hang_up (call);
      return FALSE;
    }

  g_assert_error (ahoy_call_get_error (call), AHOY_ERROR, AHOY_ERROR_USER_SIG_EXPIRED);
  return TRUE;
}

static void
test_expiring (void)
{
  g_autoptr (AhoyTestServer) server = ahoy_test_server_new (NULL);
  g_autofree char *ticket = ahoy_test_server_user_sig (server, "alice", 4);
  g_autofree char *fresh = ahoy_test_server_user_sig (server, "alice", 600);
  AhoyEngine *engine = engine_new ("device-a");
  g_autoptr (GError) error = NULL;
  gboolean expiring = FALSE, expired = FALSE;
  gint64 expires;

  g_signal_connect_swapped (engine, "user-sig-expiring", G_CALLBACK (set), &expiring);
  g_signal_connect_swapped (engine, "user-sig-expired", G_CALLBACK (set), &expired);
  error = engine_try_login (engine, ahoy_test_server_get_uri (server), ahoy_test_server_get_app_id (server), "alice",
                            ticket);
  g_assert_no_error (error);
  ahoy_test_wait (is_set, &expired, 10000, "the end of the ticket");
  g_assert_true (expiring);
  ahoy_test_wait (cannot_call, engine, 5000, "calls to be refused");
  ahoy_engine_renew_user_sig (engine, fresh);
  g_object_get (engine, "user-sig-expires", &expires, NULL);
  g_assert_cmpint (expires, >, g_get_real_time () / G_USEC_PER_SEC + 300);
  ahoy_engine_try_now (engine);
  await_state (engine, AHOY_ENGINE_ONLINE, 5000);
  engine_free (engine);
}

static gboolean
is_at (gpointer data)
{
  guint **counters = data;

  return *counters[0] == *counters[1];
}

/* A new ticket reaches the server on the connection that stands, and wrong ones change nothing. */
static void
test_renewed (void)
{
  g_autoptr (AhoyTestServer) server = ahoy_test_server_new (NULL);
  g_autofree char *ticket = ahoy_test_server_user_sig (server, "alice", 3);
  g_autofree char *fresh = ahoy_test_server_user_sig (server, "alice", 600);
  g_autofree char *wrong = ahoy_test_server_user_sig (server, "bob", 600);
  g_autofree char *long_one = g_strnfill (5000, 'x');
  g_autofree char *endless = g_strnfill (70000, 'x');
  AhoyEngine *engine = engine_new ("device-a");
  g_autoptr (GError) error = NULL;
  const char *const wrongs[] = { wrong, "", long_one, endless };
  gboolean expired = FALSE;
  guint n_failed = 0;
  gint64 until = g_get_monotonic_time () + 6 * G_USEC_PER_SEC;
  gint64 expires = 0;

  g_signal_connect_swapped (engine, "user-sig-expired", G_CALLBACK (set), &expired);
  g_signal_connect_swapped (engine, "error", G_CALLBACK (count), &n_failed);
  error = engine_try_login (engine, ahoy_test_server_get_uri (server), ahoy_test_server_get_app_id (server), "alice",
                            ticket);
  g_assert_no_error (error);
  ahoy_engine_renew_user_sig (engine, fresh);
  for (guint i = 0; i < G_N_ELEMENTS (wrongs); i++)
    {
      guint expected = i + 1;

      ahoy_engine_renew_user_sig (engine, wrongs[i]);
      ahoy_test_wait (is_at, (guint *[]) { &n_failed, &expected }, 5000, "the wrong ticket to be refused");
    }
  g_object_get (engine, "user-sig-expires", &expires, NULL);
  g_assert_cmpint (expires, >, g_get_real_time () / G_USEC_PER_SEC + 300);
  /* The server would have said by now that the first one has lapsed. */
  while (g_get_monotonic_time () < until)
    g_main_context_iteration (NULL, FALSE);
  g_assert_false (expired);
  g_assert_cmpint (ahoy_engine_get_state (engine), ==, AHOY_ENGINE_ONLINE);
  engine_free (engine);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/session/tickets", test_tickets);
  g_test_add_func ("/engine/session/no-server", test_no_server);
  g_test_add_func ("/engine/session/plain-http", test_plain_http);
  g_test_add_func ("/engine/session/kicked", test_kicked);
  g_test_add_func ("/engine/session/expiring", test_expiring);
  g_test_add_func ("/engine/session/renewed", test_renewed);
  g_test_add_func ("/engine/session/contacts", test_contacts);
  g_test_add_func ("/engine/session/many-contacts", test_many_contacts);
  g_test_add_data_func ("/engine/session/contact-refused", GSIZE_TO_POINTER (600), test_contact_refused);
  g_test_add_data_func ("/engine/session/contact-too-long", GSIZE_TO_POINTER (70000), test_contact_refused);
  g_test_add_func ("/engine/session/profile", test_profile);
  g_test_add_func ("/engine/session/two-devices", test_two_devices);
  g_test_add_func ("/engine/session-network/server-killed", test_server_killed);
  g_test_add_func ("/engine/session-network/hang-up-offline", test_hang_up_offline);
  g_test_add_func ("/engine/session-network/local-address", test_local_address);
  g_test_add_func ("/engine/session-network/dead-network", test_dead_network);
  g_test_add_func ("/engine/session-network/other-network", test_other_network);
  g_test_add_func ("/engine/session-network/server-moves", test_server_moves);
  return g_test_run ();
}
