/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-hooks.h"

#include "ahoy-bus-words.h"

/* Others decide how often it rings here. A command that never ends must not fill the machine. */
#define MAX_RUNNING 16

#define GROUP "hooks"
#define PEERS_KEY "ahoy-hooks-peers"

struct _AhoyHooks
{
  GObject parent_instance;

  guint n_running; /* commands that have not ended yet */
};

G_DEFINE_FINAL_TYPE (AhoyHooks, ahoy_hooks, G_TYPE_OBJECT)

/* Read each time, so that a change counts at once, and at once, so that the hook of the end is started before the
 * program is over. (transfer full) (nullable) */
static char *
read_command (const char *event)
{
  g_autofree char *path = g_build_filename (g_get_user_config_dir (), "ahoy", "hooks.ini", NULL);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *command = NULL;

  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, &error))
    {
      if (!g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        g_message ("%s: %s", path, error->message);
      return NULL;
    }

  command = g_key_file_get_string (file, GROUP, event, NULL);
  if (!command || *g_strstrip (command) == '\0')
    return NULL;

  return g_steal_pointer (&command);
}

/* Who left a call of several is in its list no more, but was in the call. */
static void
note_peers (AhoyCall *call)
{
  GPtrArray *peers = g_object_get_data (G_OBJECT (call), PEERS_KEY);
  GListModel *participants = ahoy_call_get_participants (call);

  for (guint i = 0; i < g_list_model_get_n_items (participants); i++)
    {
      g_autoptr (AhoyParticipant) participant = g_list_model_get_item (participants, i);
      const char *id = ahoy_user_get_id (ahoy_participant_get_user (participant));

      if (!g_ptr_array_find_with_equal_func (peers, id, g_str_equal, NULL))
        g_ptr_array_add (peers, g_strdup (id));
    }
}

static char *
peers_of (AhoyCall *call)
{
  GPtrArray *peers = g_object_get_data (G_OBJECT (call), PEERS_KEY);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < peers->len; i++)
    {
      if (i > 0)
        g_string_append_c (text, ' ');
      g_string_append (text, g_ptr_array_index (peers, i));
    }

  return g_string_free (text, FALSE);
}

static GSubprocessLauncher *
make_launcher (const char *event,
               AhoyCall   *call)
{
  GSubprocessLauncher *launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  gboolean is_over = ahoy_call_get_state (call) == AHOY_CALL_ENDED;
  g_autofree char *peers = peers_of (call);
  g_autofree char *duration = g_strdup_printf ("%u", ahoy_call_get_duration (call));
  const char *id = ahoy_call_get_id (call);
  const struct
  {
    const char *name;
    const char *value;
  } variables[] = {
    { "AHOY_CALL_EVENT", event },
    { "AHOY_CALL_ID", id ? id : "" },
    { "AHOY_CALL_PEERS", peers },
    { "AHOY_CALL_MEDIA", ahoy_bus_word_for_media (ahoy_call_get_media (call)) },
    { "AHOY_CALL_ROLE", ahoy_bus_word_for_role (ahoy_call_get_role (call)) },
    { "AHOY_CALL_REASON", is_over ? ahoy_bus_word_for_reason (ahoy_call_get_end_reason (call)) : "" },
    { "AHOY_CALL_DURATION", duration },
  };

  for (guint i = 0; i < G_N_ELEMENTS (variables); i++)
    g_subprocess_launcher_setenv (launcher, variables[i].name, variables[i].value, TRUE);

  return launcher;
}

static void
on_command_ended (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (AhoyHooks) self = user_data;

  g_subprocess_wait_finish (G_SUBPROCESS (source), result, NULL);
  self->n_running--;
}

static void
run (AhoyHooks  *self,
     const char *event,
     AhoyCall   *call)
{
  g_autofree char *command = read_command (event);
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GSubprocess) subprocess = NULL;
  g_auto (GStrv) argv = NULL;
  g_autoptr (GError) error = NULL;

  if (!command)
    return;

  if (self->n_running >= MAX_RUNNING)
    {
      g_message ("hook %s: left out, %u commands are still running", event, self->n_running);
      return;
    }

  launcher = make_launcher (event, call);
  if (g_shell_parse_argv (command, NULL, &argv, &error))
    subprocess = g_subprocess_launcher_spawnv (launcher, (const char *const *) argv, &error);

  if (!subprocess)
    {
      g_message ("hook %s: %s", event, error->message);
      return;
    }

  self->n_running++;
  g_subprocess_wait_async (subprocess, NULL, on_command_ended, g_object_ref (self));
}

static void
on_state_notify (AhoyHooks  *self,
                 GParamSpec *pspec,
                 AhoyCall   *call)
{
  if (ahoy_call_get_state (call) == AHOY_CALL_RINGING)
    run (self, "ringing", call);
}

static void
on_begin (AhoyHooks *self,
          AhoyCall  *call)
{
  run (self, "begin", call);
}

/* Whichever of the engine's signals is first to speak of a call. */
static void
watch (AhoyHooks *self,
       AhoyCall  *call)
{
  if (g_object_get_data (G_OBJECT (call), PEERS_KEY))
    return;

  g_object_set_data_full (G_OBJECT (call), PEERS_KEY, g_ptr_array_new_with_free_func (g_free),
                          (GDestroyNotify) g_ptr_array_unref);
  note_peers (call);
  g_signal_connect_object (call, "notify::state", G_CALLBACK (on_state_notify), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (call, "begin", G_CALLBACK (on_begin), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (ahoy_call_get_participants (call), "items-changed", G_CALLBACK (note_peers), call,
                           G_CONNECT_SWAPPED);
}

static void
on_call_added (AhoyHooks  *self,
               AhoyCall   *call,
               AhoyEngine *engine)
{
  watch (self, call);
}

static void
on_incoming_call (AhoyHooks  *self,
                  AhoyCall   *call,
                  AhoyEngine *engine)
{
  watch (self, call);
  run (self, "ringing", call);
}

static void
on_call_ended (AhoyHooks  *self,
               AhoyCall   *call,
               AhoyEngine *engine)
{
  watch (self, call);
  run (self, "end", call);
}

static void
ahoy_hooks_class_init (AhoyHooksClass *klass)
{
}

static void
ahoy_hooks_init (AhoyHooks *self)
{
}

AhoyHooks *
ahoy_hooks_new (AhoyEngine *engine)
{
  AhoyHooks *self;

  g_return_val_if_fail (AHOY_IS_ENGINE (engine), NULL);

  self = g_object_new (AHOY_TYPE_HOOKS, NULL);
  g_signal_connect_object (engine, "call-added", G_CALLBACK (on_call_added), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "incoming-call", G_CALLBACK (on_incoming_call), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (engine, "call-ended", G_CALLBACK (on_call_ended), self, G_CONNECT_SWAPPED);

  return self;
}
