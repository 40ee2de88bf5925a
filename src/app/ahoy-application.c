/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-application-private.h"

#include "ahoy-effects-choice.h"
#include "ahoy-start-options.h"
#include "ahoy-words.h"

#include <glib-unix.h>
#include <glib/gi18n.h>

/* SIGTERM has to be obeyed within two seconds, a dead server or not. */
#define QUIT_DEADLINE_MS 1000

G_DEFINE_FINAL_TYPE (AhoyApplication, ahoy_application, ADW_TYPE_APPLICATION)

static void
finish_quit (AhoyApplication *self)
{
  g_clear_handle_id (&self->quit_id, g_source_remove);
  g_application_quit (G_APPLICATION (self));
}

static gboolean
on_quit_deadline (gpointer user_data)
{
  AhoyApplication *self = user_data;

  self->quit_id = 0;
  finish_quit (self);
  return G_SOURCE_REMOVE;
}

static void
on_logged_out (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (AhoyApplication) self = AHOY_APPLICATION (user_data);

  ahoy_engine_logout_finish (AHOY_ENGINE (source), result, NULL);
  if (self->quit_id != 0)
    finish_quit (self);
}

void
ahoy_application_quit_politely (AhoyApplication *self)
{
  if (self->quit_id != 0)
    return;

  if (self->window)
    gtk_window_close (GTK_WINDOW (self->window));

  /* The server hears of it at once instead of after a time-out; a call ends with it. */
  self->quit_id = g_timeout_add (QUIT_DEADLINE_MS, on_quit_deadline, self);
  if (ahoy_engine_get_state (self->engine) == AHOY_ENGINE_SIGNED_OUT)
    finish_quit (self);
  else
    ahoy_engine_logout_async (self->engine, NULL, on_logged_out, g_object_ref (self));
}

static gboolean
on_terminated (gpointer user_data)
{
  ahoy_application_quit_politely (user_data);
  return G_SOURCE_CONTINUE;
}

static void
set_held (AhoyApplication *self,
          gboolean         is_held)
{
  if (self->is_held == is_held)
    return;

  self->is_held = is_held;
  if (is_held)
    g_application_hold (G_APPLICATION (self));
  else
    g_application_release (G_APPLICATION (self));
}

/* With nobody signed in there is nothing to wait for in the background. */
static void
update_hold (AhoyApplication *self)
{
  gboolean is_service = (g_application_get_flags (G_APPLICATION (self)) & G_APPLICATION_IS_SERVICE) != 0;
  gboolean has_account = ahoy_identity_get_stage (self->identity) != AHOY_IDENTITY_NONE;

  set_held (self, is_service || (has_account && g_settings_get_boolean (self->settings, "run-in-background")));
}

static void
on_window_destroyed (gpointer  user_data,
                     GObject  *window)
{
  AhoyApplication *self = user_data;

  self->window = NULL;
}

static void
on_window_active (AhoyApplication *self)
{
  if (self->window && gtk_window_is_active (GTK_WINDOW (self->window)))
    ahoy_notifier_clear_missed (self->notifier);
}

AhoyWindow *
ahoy_application_ensure_window (AhoyApplication *self)
{
  if (self->window)
    return self->window;

  self->window = AHOY_WINDOW (ahoy_window_new (GTK_APPLICATION (self), self->identity, self->history));
  g_object_weak_ref (G_OBJECT (self->window), on_window_destroyed, self);
  g_signal_connect_object (self->window, "notify::is-active", G_CALLBACK (on_window_active), self,
                           G_CONNECT_SWAPPED);
  return self->window;
}

void
ahoy_application_place_call (AhoyApplication *self,
                             const char      *user_id,
                             AhoyCallMedia    media)
{
  const char *user_ids[] = { user_id, NULL };
  g_autoptr (AhoyCallOptions) options = ahoy_call_options_new ();
  g_autoptr (AhoyCall) call = NULL;
  g_autoptr (GError) error = NULL;

  ahoy_call_options_set_timeout (options, g_settings_get_uint (self->settings, "ring-seconds"));
  ahoy_call_options_set_camera_on (options, g_settings_get_boolean (self->settings, "camera-on-start"));
  call = ahoy_engine_place_call (self->engine, user_ids, media, options, &error);
  if (call)
    return;

  g_debug ("Placing a call: %s", error->message);
  ahoy_window_toast_error (ahoy_application_ensure_window (self), error);
  gtk_window_present (GTK_WINDOW (self->window));
}

static void
on_problem (AhoyApplication *self,
            const GError    *error)
{
  if (self->window)
    ahoy_window_toast_error (self->window, error);
}

/* The screen stays on and the machine awake while people talk. */
static void
update_inhibit (AhoyApplication *self)
{
  gboolean is_busy = ahoy_engine_get_current_call (self->engine) != NULL;

  if (is_busy && self->inhibit_cookie == 0)
    self->inhibit_cookie = gtk_application_inhibit (GTK_APPLICATION (self), NULL,
                                                    GTK_APPLICATION_INHIBIT_IDLE | GTK_APPLICATION_INHIBIT_SUSPEND,
                                                    _("A call is running"));
  else if (!is_busy && self->inhibit_cookie != 0)
    {
      gtk_application_uninhibit (GTK_APPLICATION (self), self->inhibit_cookie);
      self->inhibit_cookie = 0;
    }
}

static void
apply_color_scheme (AhoyApplication *self)
{
  g_autofree char *scheme = g_settings_get_string (self->settings, "color-scheme");
  AdwStyleManager *manager = adw_style_manager_get_default ();

  if (g_str_equal (scheme, "dark"))
    adw_style_manager_set_color_scheme (manager, ADW_COLOR_SCHEME_FORCE_DARK);
  else if (g_str_equal (scheme, "light"))
    adw_style_manager_set_color_scheme (manager, ADW_COLOR_SCHEME_FORCE_LIGHT);
  else
    adw_style_manager_set_color_scheme (manager, ADW_COLOR_SCHEME_DEFAULT);
}

static void
apply_device (AhoyApplication *self,
              const char      *key)
{
  AhoyDevices *devices = ahoy_engine_get_devices (self->engine);
  g_autofree char *id = g_settings_get_string (self->settings, key);
  AhoyDeviceKind kind = g_str_equal (key, "camera") ? AHOY_DEVICE_CAMERA
                        : g_str_equal (key, "microphone") ? AHOY_DEVICE_MICROPHONE : AHOY_DEVICE_SPEAKER;

  if (devices)
    ahoy_devices_select (devices, kind, *id ? id : NULL);
}

static void
follow_settings (AhoyApplication *self)
{
  static const char *const roles[] = { "camera", "microphone", "speaker" };

  self->settings = g_settings_new (AHOY_APP_ID);
  g_settings_bind (self->settings, "mute-ringing", self->kit, "mute-mode", G_SETTINGS_BIND_GET);
  g_settings_bind (self->settings, "recents-seen", self->history, "seen", G_SETTINGS_BIND_GET);
  g_signal_connect_object (self->settings, "changed::color-scheme", G_CALLBACK (apply_color_scheme), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settings, "changed::run-in-background", G_CALLBACK (update_hold), self,
                           G_CONNECT_SWAPPED);
  apply_color_scheme (self);
  g_settings_bind (self->settings, "voice-isolation", ahoy_engine_get_media (self->engine), "voice-isolation",
                   G_SETTINGS_BIND_DEFAULT);
  ahoy_effects_choice_bind (ahoy_engine_get_video_settings (self->engine), self->settings);

  /* A choice of "automatic" is the default of the devices as well: nothing has to be looked up for it. */
  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    {
      g_autofree char *id = g_settings_get_string (self->settings, roles[i]);

      if (*id)
        apply_device (self, roles[i]);
    }
}

static void
ahoy_application_startup (GApplication *application)
{
  AhoyApplication *self = AHOY_APPLICATION (application);

  G_APPLICATION_CLASS (ahoy_application_parent_class)->startup (application);

  gtk_window_set_default_icon_name (AHOY_APP_ID);
  self->history = ahoy_history_new (self->engine);
  self->kit = ahoy_call_kit_new (self->engine, GTK_APPLICATION (self));
  self->notifier = ahoy_notifier_new (application, self->kit);
  follow_settings (self);
  ahoy_application_install_actions (self);

  g_signal_connect_object (self->kit, "problem", G_CALLBACK (on_problem), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->engine, "call-added", G_CALLBACK (update_inhibit), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->engine, "call-ended", G_CALLBACK (update_inhibit), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->identity, "notify::stage", G_CALLBACK (update_hold), self, G_CONNECT_SWAPPED);
  self->sigterm_id = g_unix_signal_add (SIGTERM, on_terminated, self);
  self->sigint_id = g_unix_signal_add (SIGINT, on_terminated, self);

  /* With HANDLES_COMMAND_LINE the options of an ordinary start come a moment later, those of a service never. */
  if (g_application_get_flags (application) & G_APPLICATION_IS_SERVICE)
    {
      self->is_started = TRUE;
      ahoy_identity_start (self->identity, self->given);
    }
  update_hold (self);
}

static void
ensure_started (AhoyApplication *self)
{
  if (self->is_started)
    return;

  self->is_started = TRUE;
  ahoy_identity_start (self->identity, self->given);
}

static void
ahoy_application_activate (GApplication *application)
{
  AhoyApplication *self = AHOY_APPLICATION (application);

  ensure_started (self);
  gtk_window_present (GTK_WINDOW (ahoy_application_ensure_window (self)));
}

static void
ahoy_application_open (GApplication  *application,
                       GFile        **files,
                       int            n_files,
                       const char    *hint)
{
  ensure_started (AHOY_APPLICATION (application));
  for (int i = 0; i < n_files; i++)
    {
      g_autofree char *uri = g_file_get_uri (files[i]);

      ahoy_application_open_link (AHOY_APPLICATION (application), uri);
    }
}

/* A second start may bring an account for the first one. */
static gboolean
take_account (AhoyApplication         *self,
              GApplicationCommandLine *command_line)
{
  GVariantDict *options = g_application_command_line_get_options_dict (command_line);
  const char *directory = g_application_command_line_get_cwd (command_line);
  g_autoptr (AhoyAccount) account = NULL;
  g_autoptr (GTlsDatabase) trust = NULL;
  g_autoptr (GError) error = NULL;

  trust = ahoy_start_options_read_trust (options, directory, FALSE, &error);
  if (!error)
    account = ahoy_start_options_read_account (options, directory, FALSE, &error);
  if (error)
    {
      g_application_command_line_printerr (command_line, "ahoy: %s\n", error->message);
      return FALSE;
    }

  if (trust)
    g_object_set (self->engine, "trust", trust, NULL);
  if (!account)
    return TRUE;

  /* Nobody is signed out by a command; that is asked for in the window. */
  if (self->is_started && ahoy_identity_get_stage (self->identity) != AHOY_IDENTITY_NONE)
    {
      g_application_command_line_printerr (command_line, "ahoy: %s\n", _("Somebody is signed in already"));
      return FALSE;
    }

  self->is_started = TRUE;
  ahoy_identity_start (self->identity, account);
  return TRUE;
}

static int
ahoy_application_command_line (GApplication            *application,
                               GApplicationCommandLine *command_line)
{
  AhoyApplication *self = AHOY_APPLICATION (application);
  GVariantDict *options = g_application_command_line_get_options_dict (command_line);
  g_auto (GStrv) links = NULL;

  /* The process that was started with them has read them already; a second start brings its own. */
  if (g_application_command_line_get_is_remote (command_line) && !take_account (self, command_line))
    return 1;

  g_variant_dict_lookup (options, G_OPTION_REMAINING, "^as", &links);
  if (links && links[0])
    {
      ensure_started (self);
      for (guint i = 0; links[i]; i++)
        ahoy_application_open_link (self, links[i]);
      return 0;
    }

  g_application_activate (application);
  if (g_variant_dict_contains (options, "preferences"))
    g_action_group_activate_action (G_ACTION_GROUP (self), "preferences", NULL);

  return 0;
}

static int
ahoy_application_handle_local_options (GApplication *application,
                                       GVariantDict *options)
{
  AhoyApplication *self = AHOY_APPLICATION (application);
  g_autoptr (GTlsDatabase) trust = NULL;
  g_autoptr (GError) error = NULL;

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("ahoy %s\n", AHOY_VERSION);
      return 0;
    }

  trust = ahoy_start_options_read_trust (options, NULL, TRUE, &error);
  if (!error)
    self->given = ahoy_start_options_read_account (options, NULL, TRUE, &error);
  if (error)
    {
      g_printerr ("ahoy: %s\n", error->message);
      return 1;
    }
  if (trust)
    g_object_set (self->engine, "trust", trust, NULL);

  /* Only now the id is known under which this process runs. */
  self->store = ahoy_account_store_new (g_application_get_application_id (application));
  self->identity = ahoy_identity_new (self->engine, self->store);

  return -1;
}

static gboolean
ahoy_application_dbus_register (GApplication     *application,
                                GDBusConnection  *connection,
                                const char       *object_path,
                                GError          **error)
{
  AhoyApplication *self = AHOY_APPLICATION (application);

  if (!G_APPLICATION_CLASS (ahoy_application_parent_class)->dbus_register (application, connection, object_path,
                                                                           error))
    return FALSE;

  return ahoy_bus_service_export (self->service, connection, error);
}

static void
ahoy_application_dbus_unregister (GApplication    *application,
                                  GDBusConnection *connection,
                                  const char      *object_path)
{
  AhoyApplication *self = AHOY_APPLICATION (application);

  ahoy_bus_service_unexport (self->service);
  G_APPLICATION_CLASS (ahoy_application_parent_class)->dbus_unregister (application, connection, object_path);
}

static void
ahoy_application_shutdown (GApplication *application)
{
  AhoyApplication *self = AHOY_APPLICATION (application);

  g_clear_handle_id (&self->quit_id, g_source_remove);
  g_clear_handle_id (&self->sigterm_id, g_source_remove);
  g_clear_handle_id (&self->sigint_id, g_source_remove);
  if (self->window)
    gtk_window_destroy (GTK_WINDOW (self->window));
  g_clear_object (&self->notifier);
  g_clear_object (&self->kit);
  g_clear_object (&self->history);
  g_clear_object (&self->settings);

  G_APPLICATION_CLASS (ahoy_application_parent_class)->shutdown (application);
}

static void
ahoy_application_finalize (GObject *object)
{
  AhoyApplication *self = AHOY_APPLICATION (object);

  g_clear_object (&self->hooks);
  g_clear_object (&self->service);
  /* A keyring that has not answered keeps these alive; the program ends now, and so must what they do. */
  if (self->identity)
    g_object_run_dispose (G_OBJECT (self->identity));
  g_object_run_dispose (G_OBJECT (self->engine));
  g_clear_object (&self->identity);
  g_clear_object (&self->store);
  g_clear_object (&self->engine);
  g_clear_pointer (&self->given, ahoy_account_free);
  g_clear_pointer (&self->waiting_link, g_free);

  G_OBJECT_CLASS (ahoy_application_parent_class)->finalize (object);
}

static void
ahoy_application_class_init (AhoyApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ahoy_application_finalize;
  application_class->startup = ahoy_application_startup;
  application_class->activate = ahoy_application_activate;
  application_class->open = ahoy_application_open;
  application_class->command_line = ahoy_application_command_line;
  application_class->handle_local_options = ahoy_application_handle_local_options;
  application_class->dbus_register = ahoy_application_dbus_register;
  application_class->dbus_unregister = ahoy_application_dbus_unregister;
  application_class->shutdown = ahoy_application_shutdown;
}

static void
ahoy_application_init (AhoyApplication *self)
{
  g_application_add_main_option_entries (G_APPLICATION (self), ahoy_start_options);
  g_application_set_option_context_parameter_string (G_APPLICATION (self), _("[LINK…]"));

  self->engine = ahoy_engine_new ();
  self->service = ahoy_bus_service_new (self->engine);
  self->hooks = ahoy_hooks_new (self->engine);
}

AhoyApplication *
ahoy_application_new (void)
{
  return g_object_new (AHOY_TYPE_APPLICATION,
                       "application-id", AHOY_APP_ID,
                       "resource-base-path", "/org/ahoycall/Ahoy",
                       "flags", G_APPLICATION_HANDLES_COMMAND_LINE | G_APPLICATION_HANDLES_OPEN
                                | G_APPLICATION_CAN_OVERRIDE_APP_ID,
                       NULL);
}
