/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures of the windows of the application: app-gallery OUTDIR [NAME…]. Everything in them is real, down to the
 * server; only the dates of the calls are made up. Needs a display. */
#include "config.h"

#include "ahoy-application.h"
#include "ahoy-engine-private.h"
#include "ahoy-error.h"
#include "ahoy-history.h"
#include "ahoy-identity.h"
#include "ahoy-people.h"
#include "ahoy-preferences-window.h"
#include "ahoy-record-private.h"
#include "ahoy-test-server.h"
#include "ahoy-test-wait.h"
#include "ahoy-window-private.h"

#include <json-glib/json-glib.h>
#include <locale.h>
#include <stdlib.h>

typedef struct
{
  const char *name;
  gboolean is_dark;
  gboolean is_rtl;
  int width;
  int height;
} Variant;

static const Variant variants[] = {
  { "light", FALSE, FALSE, 960, 680 },
  { "dark", TRUE, FALSE, 960, 680 },
  { "narrow", FALSE, FALSE, 360, 640 },
  { "arabic", FALSE, TRUE, 960, 680 },
};

typedef struct
{
  const char *id;
  const char *name;
  gboolean is_favourite;
} Person;

static const Person people[] = {
  { "grace", "Grace Hopper", TRUE },
  { "alan", "Alan Turing", TRUE },
  { "ada-l", "Ada Lovelace", FALSE },
  { "bashir", "Bashir", FALSE },
  { "chen", "陈小明", FALSE },
  { "dorothy", "Dorothy Vaughan", FALSE },
  { "emil", "Émilie du Châtelet", FALSE },
  { "layla", "ليلى الأخيلية", FALSE },
  { "long", "Wolfeschlegelsteinhausenbergerdorff The Elder 🚢 of the Long Names", FALSE },
  { "zoe", "Zoë", FALSE },
};

static char *out_dir;
static char **wanted;
static AhoyTestServer *server;
static AhoyApplication *application;
static AhoyEngine *engine;
static AhoyEngine *other;
static AhoyIdentity *identity;
static AhoyHistory *history;

static void
count_paint (GdkFrameClock *clock,
             int           *left)
{
  if (*left > 0)
    {
      (*left)--;
      gdk_frame_clock_request_phase (clock, GDK_FRAME_CLOCK_PHASE_PAINT);
    }
}

static gboolean
is_painted (gpointer user_data)
{
  return *(int *) user_data == 0;
}

static void
wait_for_paint (GtkWidget *window)
{
  GdkFrameClock *clock;
  int left = 12;
  gulong handler;

  gtk_window_present (GTK_WINDOW (window));
  clock = gtk_widget_get_frame_clock (window);
  handler = g_signal_connect (clock, "after-paint", G_CALLBACK (count_paint), &left);
  gdk_frame_clock_request_phase (clock, GDK_FRAME_CLOCK_PHASE_PAINT);
  ahoy_test_wait (is_painted, &left, 10000, "the window to be painted");
  g_signal_handler_disconnect (clock, handler);
}

static gboolean
is_wanted (const char *name)
{
  return !wanted || !wanted[0] || g_strv_contains ((const char *const *) wanted, name);
}

static void
shoot (GtkWidget     *window,
       const char    *name,
       const Variant *variant)
{
  g_autoptr (GdkPaintable) paintable = NULL;
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  g_autofree char *file = g_strdup_printf ("%s/%s-%s.png", out_dir, name, variant->name);
  GskRenderer *renderer;

  wait_for_paint (window);
  paintable = gtk_widget_paintable_new (window);
  gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (window), gtk_widget_get_height (window));
  node = gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
  renderer = gtk_native_get_renderer (GTK_NATIVE (window));
  texture = gsk_renderer_render_texture (renderer, node, NULL);
  g_assert_true (gdk_texture_save_to_png (texture, file));
  g_print ("%s\n", file);
}

static AhoyWindow *
new_window (const Variant *variant)
{
  AhoyWindow *window = AHOY_WINDOW (ahoy_window_new (GTK_APPLICATION (application), identity, history));

  gtk_window_set_default_size (GTK_WINDOW (window), variant->width, variant->height);
  return window;
}

static void
on_done (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static gboolean
has_result (gpointer user_data)
{
  return *(GAsyncResult **) user_data != NULL;
}

static void
log_in (AhoyEngine *which,
        const char *user_id)
{
  g_autofree char *ticket = ahoy_test_server_user_sig (server, user_id, 3600);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  ahoy_engine_login_async (which, ahoy_test_server_get_uri (server), ahoy_test_server_get_app_id (server), user_id,
                           ticket, NULL, on_done, &result);
  ahoy_test_wait (has_result, &result, 5000, "signing in");
  ahoy_engine_login_finish (which, result, &error);
  g_assert_no_error (error);
}

static void
add_contact (const char *id,
             const char *name,
             gboolean    is_favourite)
{
  AhoyContacts *contacts = ahoy_engine_get_contacts (engine);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  ahoy_contacts_set_async (contacts, id, name, is_favourite, NULL, on_done, &result);
  ahoy_test_wait (has_result, &result, 5000, "a contact");
  ahoy_contacts_set_finish (contacts, result, &error);
  g_assert_no_error (error);
}

static void
add_record (int         n,
            const char *with,
            int         result,
            const char *media,
            gint64      minutes_ago,
            int         duration)
{
  gint64 begin = (g_get_real_time () / G_USEC_PER_SEC - minutes_ago * 60) * 1000;
  const char *inviter = result == 3 ? "ada" : with;
  const char *invitee = result == 3 ? with : "ada";
  g_autofree char *text = g_strdup_printf ("{\"call\":\"00000000-0000-4000-8000-%012d\",\"inviter\":\"%s\","
                                           "\"invitees\":[\"%s\"],\"media\":\"%s\",\"scene\":\"single\",\"role\":%d,"
                                           "\"result\":%d,\"begin\":%" G_GINT64_FORMAT ",\"duration\":%d,\"reason\":1}",
                                           n, inviter, invitee, media, result == 3 ? 1 : 2, result, begin, duration);
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  g_autoptr (AhoyRecord) record = NULL;

  record = ahoy_record_new_from_json (json_node_get_object (node), ahoy_engine_get_people (engine), "ada");
  g_assert_nonnull (record);
  g_signal_emit_by_name (engine, "history-changed", record);
}

static void
add_records (void)
{
  add_record (1, "grace", 3, "video", 42, 754);
  add_record (2, "bashir", 1, "audio", 95, 0);
  add_record (3, "bashir", 1, "audio", 110, 0);
  add_record (4, "zoe", 2, "video", 60 * 25, 63);
  add_record (5, "stranger_77", 1, "video", 60 * 27, 0);
  add_record (6, "alan", 2, "audio", 60 * 24 * 3, 3723);
  add_record (7, "layla", 3, "audio", 60 * 24 * 3 + 30, 0);
  add_record (8, "long", 2, "video", 60 * 24 * 40, 12);
}

static void
shoot_sign_in (const Variant *variant)
{
  AhoyWindow *window = new_window (variant);
  g_autoptr (AhoyAccount) account = ahoy_account_new ("https://calls.example", 1400000001, "ada", "eJxsecret");
  g_autoptr (GError) error = ahoy_error_new_code (-1406);

  gtk_stack_set_visible_child_name (window->root_stack, "sign-in");
  if (is_wanted ("welcome"))
    shoot (GTK_WIDGET (window), "welcome", variant);
  ahoy_sign_in_page_show_step (window->sign_in_page, "form");
  if (is_wanted ("sign-in"))
    shoot (GTK_WIDGET (window), "sign-in", variant);
  ahoy_sign_in_page_fill (window->sign_in_page, account, TRUE);
  ahoy_sign_in_page_show_error (window->sign_in_page, error);
  if (is_wanted ("sign-in-error"))
    shoot (GTK_WIDGET (window), "sign-in-error", variant);
  ahoy_sign_in_page_show_step (window->sign_in_page, "you");
  if (is_wanted ("you"))
    shoot (GTK_WIDGET (window), "you", variant);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
shoot_lists (const Variant *variant)
{
  AhoyWindow *window = new_window (variant);

  ahoy_window_show_page (window, "contacts");
  if (is_wanted ("contacts"))
    shoot (GTK_WIDGET (window), "contacts", variant);
  ahoy_window_show_page (window, "recent");
  if (is_wanted ("recent"))
    shoot (GTK_WIDGET (window), "recent", variant);
  ahoy_window_open_user (window, ahoy_engine_get_user (engine, "bashir"));
  if (is_wanted ("person"))
    shoot (GTK_WIDGET (window), "person", variant);
  ahoy_window_open_user (window, ahoy_engine_get_user (engine, "stranger_77"));
  if (is_wanted ("stranger"))
    shoot (GTK_WIDGET (window), "stranger", variant);
  ahoy_window_close_user (window);
  gtk_editable_set_text (GTK_EDITABLE (window->search_entry), "lin");
  ahoy_contacts_view_set_search (window->contacts_view, "lin");
  ahoy_window_show_page (window, "contacts");
  ahoy_window_toast (window, "Ahoy ID copied");
  if (is_wanted ("search"))
    shoot (GTK_WIDGET (window), "search", variant);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
shoot_empty (const Variant *variant)
{
  AhoyWindow *window = new_window (variant);

  ahoy_window_show_page (window, "contacts");
  if (is_wanted ("empty-contacts"))
    shoot (GTK_WIDGET (window), "empty-contacts", variant);
  ahoy_window_show_page (window, "recent");
  if (is_wanted ("empty-recent"))
    shoot (GTK_WIDGET (window), "empty-recent", variant);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
shoot_preferences (const Variant *variant)
{
  GtkWidget *window = ahoy_preferences_window_new (identity);
  static const char *const pages[] = { "general", "calls", "devices" };

  if (variant->width < 640)
    gtk_window_set_default_size (GTK_WINDOW (window), variant->width, variant->height);
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_autofree char *name = g_strconcat ("preferences-", pages[i], NULL);

      adw_preferences_window_set_visible_page_name (ADW_PREFERENCES_WINDOW (window), pages[i]);
      if (is_wanted ("preferences"))
        shoot (window, name, variant);
    }
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
apply (const Variant *variant)
{
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      variant->is_dark ? ADW_COLOR_SCHEME_FORCE_DARK : ADW_COLOR_SCHEME_FORCE_LIGHT);
  gtk_widget_set_default_direction (variant->is_rtl ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR);
}

static void
on_activate (GApplication *app)
{
  g_autoptr (AhoyAccountStore) store = ahoy_account_store_new ("gallery");
  g_autoptr (AhoyAccount) account = NULL;
  g_autofree char *ticket = NULL;

  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  g_application_hold (app);
  server = ahoy_test_server_new (NULL);
  engine = ahoy_engine_new ();
  other = ahoy_engine_new ();
  identity = ahoy_identity_new (engine, store);
  history = ahoy_history_new (engine);
  for (guint i = 0; i < G_N_ELEMENTS (variants); i++)
    {
      apply (&variants[i]);
      shoot_sign_in (&variants[i]);
    }

  log_in (other, "grace");
  log_in (engine, "ada");
  ticket = ahoy_test_server_user_sig (server, "ada", 3600);
  account = ahoy_account_new (ahoy_test_server_get_uri (server), ahoy_test_server_get_app_id (server), "ada", ticket);
  ahoy_identity_start (identity, account);
  for (guint i = 0; i < G_N_ELEMENTS (variants); i++)
    {
      apply (&variants[i]);
      shoot_empty (&variants[i]);
    }

  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    add_contact (people[i].id, people[i].name, people[i].is_favourite);
  add_records ();
  for (guint i = 0; i < G_N_ELEMENTS (variants); i++)
    {
      apply (&variants[i]);
      shoot_lists (&variants[i]);
      shoot_preferences (&variants[i]);
    }

  /* Out of the middle of the start: the application shall not go on to its own window. */
  ahoy_test_server_free (server);
  exit (0);
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  if (argc < 2)
    {
      g_printerr ("usage: app-gallery OUTDIR [NAME…]\n");
      return 2;
    }

  out_dir = argv[1];
  wanted = argv + 2;
  g_mkdir_with_parents (out_dir, 0755);
  application = g_object_new (AHOY_TYPE_APPLICATION, "application-id", "org.ahoycall.Ahoy.Gallery",
                              "resource-base-path", "/org/ahoycall/Ahoy", "flags", G_APPLICATION_NON_UNIQUE, NULL);
  g_signal_connect (application, "startup", G_CALLBACK (on_activate), NULL);
  return g_application_run (G_APPLICATION (application), 1, argv);
}
