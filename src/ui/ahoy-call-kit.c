/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-call-kit.h"
#include "ahoy-call-window.h"
#include "ahoy-incoming-call-window.h"
#include "ahoy-ringer.h"
#include "ahoy-ui-private.h"
#include "ahoy-words.h"

#include <glib/gi18n-lib.h>

#define TOLD_ELSEWHERE_MS 2000

/* What the kit knows of one call. */
typedef struct
{
  AhoyCallKit *kit;     /* (unowned): owns this */
  AhoyCall *call;       /* (owned) */
  GtkWindow *incoming;  /* (weak) (nullable) */
  GtkWindow *window;    /* (weak) (nullable) */
  AhoyCallState state;  /* as last acted on */
  guint inhibit_cookie; /* 0 when the screen may go dark */
  guint close_id;       /* of the incoming window */
  guint is_silenced : 1;
  guint was_active : 1;
  guint is_told : 1;    /* "incoming" was emitted and "incoming-over" not yet */
} Entry;

struct _AhoyCallKit
{
  GObject parent_instance;

  AhoyEngine *engine;          /* (owned) */
  GtkApplication *application; /* (owned) (nullable) */
  AhoyRinger *ringer;          /* (owned) */
  GPtrArray *entries;          /* (owned) of Entry */
  AhoyIncomingStyle incoming_style;
  guint mute_mode : 1;
  guint no_call_sounds : 1;
};

G_DEFINE_FINAL_TYPE (AhoyCallKit, ahoy_call_kit, G_TYPE_OBJECT)

enum
{
  PROP_ENGINE = 1,
  PROP_APPLICATION,
  PROP_MUTE_MODE,
  PROP_INCOMING_STYLE,
  PROP_CALL_SOUNDS,
  N_PROPS
};

enum
{
  SIGNAL_INCOMING,
  SIGNAL_INCOMING_OVER,
  SIGNAL_PROBLEM,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void open_call_window (Entry *entry);

GType
ahoy_incoming_style_get_type (void)
{
  static gsize type = 0;

  if (g_once_init_enter (&type))
    {
      static const GEnumValue values[] = {
        { AHOY_INCOMING_STYLE_WINDOW, "AHOY_INCOMING_STYLE_WINDOW", "window" },
        { AHOY_INCOMING_STYLE_NONE, "AHOY_INCOMING_STYLE_NONE", "none" },
        { 0, NULL, NULL }
      };
      GType made = g_enum_register_static ("AhoyIncomingStyle", values);

      g_once_init_leave (&type, made);
    }
  return type;
}

static void
uninhibit (Entry *entry)
{
  if (entry->inhibit_cookie)
    gtk_application_uninhibit (entry->kit->application, entry->inhibit_cookie);
  entry->inhibit_cookie = 0;
}

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_clear_handle_id (&entry->close_id, g_source_remove);
  uninhibit (entry);
  g_signal_handlers_disconnect_by_data (entry->call, entry);
  if (entry->incoming)
    gtk_window_destroy (entry->incoming);
  if (entry->window)
    gtk_window_destroy (entry->window);
  g_clear_weak_pointer (&entry->incoming);
  g_clear_weak_pointer (&entry->window);
  g_object_unref (entry->call);
  g_free (entry);
}

static Entry *
find_entry (AhoyCallKit *self,
            AhoyCall    *call)
{
  guint i;

  for (i = 0; i < self->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);

      if (entry->call == call)
        return entry;
    }
  return NULL;
}

static Entry *
find_entry_by_id (AhoyCallKit *self,
                  const char  *call_id)
{
  AhoyCall *call = call_id ? ahoy_engine_find_call (self->engine, call_id)
                           : ahoy_engine_get_current_call (self->engine);

  return call ? find_entry (self, call) : NULL;
}

static Entry *
find_entry_in_state (AhoyCallKit   *self,
                     AhoyCallState  state)
{
  guint i;

  for (i = 0; i < self->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);

      if (entry->state == state && !(state == AHOY_CALL_INCOMING && entry->is_silenced))
        return entry;
    }
  return NULL;
}

/* One sound that repeats, derived from all calls. */
static void
update_ringing (AhoyCallKit *self)
{
  gboolean is_talking = find_entry_in_state (self, AHOY_CALL_ACTIVE) || find_entry_in_state (self, AHOY_CALL_CONNECTING) ||
                        find_entry_in_state (self, AHOY_CALL_RECONNECTING);

  if (find_entry_in_state (self, AHOY_CALL_INCOMING) && !self->mute_mode)
    ahoy_ringer_repeat (self->ringer, is_talking ? AHOY_TONE_KNOCK : AHOY_TONE_HARBOUR);
  else if (find_entry_in_state (self, AHOY_CALL_RINGING))
    ahoy_ringer_repeat (self->ringer, AHOY_TONE_RINGBACK);
  else
    ahoy_ringer_stop (self->ringer);
}

static void
play (AhoyCallKit *self,
      AhoyTone     tone)
{
  if (!self->no_call_sounds)
    ahoy_ringer_play (self->ringer, tone);
}

static gboolean
close_incoming (gpointer data)
{
  Entry *entry = data;

  entry->close_id = 0;
  if (entry->incoming)
    gtk_window_destroy (entry->incoming);
  g_clear_weak_pointer (&entry->incoming);
  return G_SOURCE_REMOVE;
}

static void
on_card_silenced (Entry *entry)
{
  entry->is_silenced = TRUE;
  update_ringing (entry->kit);
}

static void
on_card_acted (Entry *entry)
{
  /* The sound stops with the click, not with the answer of the server. */
  on_card_silenced (entry);
}

static void
add_window (Entry      *entry,
            GtkWindow **slot,
            GtkWindow  *window)
{
  g_set_weak_pointer (slot, window);
  if (entry->kit->application)
    gtk_window_set_application (window, entry->kit->application);
}

static void
open_incoming_window (Entry *entry)
{
  AhoyIncomingCallWindow *window = ahoy_incoming_call_window_new (entry->call);
  AhoyIncomingCallView *view = ahoy_incoming_call_window_get_view (window);

  add_window (entry, &entry->incoming, GTK_WINDOW (window));
  g_signal_connect_swapped (view, "silenced", G_CALLBACK (on_card_silenced), entry);
  g_signal_connect_swapped (view, "declined", G_CALLBACK (on_card_acted), entry);
  g_signal_connect_swapped (view, "answered", G_CALLBACK (on_card_acted), entry);
  if (entry->is_silenced)
    ahoy_incoming_call_view_silence (view);
  gtk_window_present_with_time (GTK_WINDOW (window), 0);
}

static void
begin_incoming (Entry *entry)
{
  AhoyCallKit *self = entry->kit;

  entry->is_told = TRUE;
  if (self->incoming_style == AHOY_INCOMING_STYLE_WINDOW)
    open_incoming_window (entry);
  g_signal_emit (self, signals[SIGNAL_INCOMING], 0, entry->call);
}

static void
end_incoming (Entry    *entry,
              gboolean  missed)
{
  if (!entry->is_told)
    return;
  entry->is_told = FALSE;
  g_signal_emit (entry->kit, signals[SIGNAL_INCOMING_OVER], 0, entry->call, missed);
}

static void
on_call_again (Entry *entry)
{
  AhoyCallKit *self = entry->kit;
  AhoyParticipant *peer = ahoy_call_get_peer (entry->call);
  AhoyUser *user = peer ? ahoy_participant_get_user (peer) : ahoy_call_get_inviter (entry->call);
  const char *ids[] = { user ? ahoy_user_get_id (user) : NULL, NULL };
  AhoyCallMedia media = ahoy_call_get_media (entry->call);
  GtkWindow *old = entry->window;
  g_autoptr (GError) error = NULL;
  g_autoptr (AhoyCall) call = NULL;

  if (!ids[0])
    return;
  call = ahoy_engine_place_call (self->engine, ids, media, NULL, &error);
  if (!call)
    g_signal_emit (self, signals[SIGNAL_PROBLEM], 0, error);
  else if (old)
    gtk_window_destroy (old);
}

static void
open_call_window (Entry *entry)
{
  AhoyCallWindow *window;

  if (entry->window)
    {
      gtk_window_present (entry->window);
      return;
    }
  window = ahoy_call_window_new (entry->call, entry->kit->engine);
  add_window (entry, &entry->window, GTK_WINDOW (window));
  g_signal_connect_swapped (ahoy_call_window_get_view (window), "call-again", G_CALLBACK (on_call_again), entry);
  gtk_window_present (GTK_WINDOW (window));
}

static void
begin_talking (Entry *entry)
{
  AhoyCallKit *self = entry->kit;

  open_call_window (entry);
  close_incoming (entry);
  if (self->application && !entry->inhibit_cookie)
    entry->inhibit_cookie = gtk_application_inhibit (self->application, entry->window,
                                                     GTK_APPLICATION_INHIBIT_IDLE | GTK_APPLICATION_INHIBIT_SUSPEND,
                                                     _("In a call"));
}

/* A call that was never answered here. */
static void
finish_incoming (Entry *entry)
{
  AhoyEndReason reason = ahoy_call_get_end_reason (entry->call);
  gboolean was_elsewhere = reason == AHOY_END_REASON_OTHER_DEVICE_ACCEPTED ||
                           reason == AHOY_END_REASON_OTHER_DEVICE_REJECT;
  gboolean missed = reason == AHOY_END_REASON_NO_RESPONSE || reason == AHOY_END_REASON_CANCELED ||
                    reason == AHOY_END_REASON_OFFLINE || reason == AHOY_END_REASON_LINE_BUSY;

  end_incoming (entry, missed);
  if (was_elsewhere && entry->incoming)
    entry->close_id = g_timeout_add (TOLD_ELSEWHERE_MS, close_incoming, entry);
  else
    close_incoming (entry);
}

static void
enter_ended (Entry         *entry,
             AhoyCallState  before)
{
  AhoyCallKit *self = entry->kit;

  uninhibit (entry);
  if (before == AHOY_CALL_INCOMING)
    {
      finish_incoming (entry);
      return;
    }
  if (entry->was_active && ahoy_call_get_end_reason (entry->call) == AHOY_END_REASON_OFFLINE)
    play (self, AHOY_TONE_LOST);
  else if (before != AHOY_CALL_CALLING)
    play (self, AHOY_TONE_ENDED);
}

static void
enter_state (Entry         *entry,
             AhoyCallState  before)
{
  switch (entry->state)
    {
    case AHOY_CALL_CALLING:
    case AHOY_CALL_RINGING:
      if (!entry->window)
        open_call_window (entry);
      break;
    case AHOY_CALL_INCOMING:
      begin_incoming (entry);
      break;
    case AHOY_CALL_CONNECTING:
      end_incoming (entry, FALSE);
      begin_talking (entry);
      break;
    case AHOY_CALL_ACTIVE:
      end_incoming (entry, FALSE);
      begin_talking (entry);
      if (!entry->was_active)
        play (entry->kit, AHOY_TONE_CONNECTED);
      entry->was_active = TRUE;
      break;
    case AHOY_CALL_RECONNECTING:
      play (entry->kit, AHOY_TONE_RECONNECTING);
      break;
    case AHOY_CALL_ENDED:
    default:
      enter_ended (entry, before);
      break;
    }
}

static void
on_call_state (Entry *entry)
{
  AhoyCallState before = entry->state;

  entry->state = ahoy_call_get_state (entry->call);
  if (entry->state == before)
    return;
  /* The sound first: ringing stops in the very moment of the answer, before a window is made. */
  update_ringing (entry->kit);
  enter_state (entry, before);
}

static void
add_call (AhoyCallKit *self,
          AhoyCall    *call)
{
  Entry *entry;

  if (find_entry (self, call))
    return;
  entry = g_new0 (Entry, 1);
  entry->kit = self;
  entry->call = g_object_ref (call);
  entry->state = ahoy_call_get_state (call);
  g_ptr_array_add (self->entries, entry);
  g_signal_connect_swapped (call, "notify::state", G_CALLBACK (on_call_state), entry);
  update_ringing (self);
  enter_state (entry, entry->state);
}

static void
on_call_added (AhoyCallKit *self,
               AhoyCall    *call)
{
  add_call (self, call);
}

static gboolean
is_forgotten (Entry *entry)
{
  return entry->state == AHOY_CALL_ENDED && !entry->window && !entry->incoming;
}

/* The engine lets go of ended calls after a while; so do we, once their windows are closed. */
static void
on_calls_changed (AhoyCallKit *self)
{
  guint i = 0;

  while (i < self->entries->len)
    {
      if (is_forgotten (g_ptr_array_index (self->entries, i)))
        g_ptr_array_remove_index (self->entries, i);
      else
        i++;
    }
}

static gboolean
warm_up (gpointer data)
{
  ahoy_tones_warm_up ();
  return G_SOURCE_REMOVE;
}

static void
ahoy_call_kit_constructed (GObject *object)
{
  AhoyCallKit *self = AHOY_CALL_KIT (object);
  GListModel *calls;
  guint i;

  G_OBJECT_CLASS (ahoy_call_kit_parent_class)->constructed (object);

  calls = ahoy_engine_get_calls (self->engine);
  self->ringer = ahoy_ringer_new (ahoy_engine_get_media (self->engine));
  /* Once the first window is painted. */
  g_idle_add_full (G_PRIORITY_LOW, warm_up, NULL, NULL);
  g_signal_connect_object (self->engine, "call-added", G_CALLBACK (on_call_added), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->engine, "incoming-call", G_CALLBACK (on_call_added), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (calls, "items-changed", G_CALLBACK (on_calls_changed), self, G_CONNECT_SWAPPED);
  for (i = 0; i < g_list_model_get_n_items (calls); i++)
    {
      g_autoptr (AhoyCall) call = g_list_model_get_item (calls, i);

      if (ahoy_call_get_state (call) != AHOY_CALL_ENDED)
        add_call (self, call);
    }
}

static void
ahoy_call_kit_dispose (GObject *object)
{
  AhoyCallKit *self = AHOY_CALL_KIT (object);

  if (self->ringer)
    ahoy_ringer_stop (self->ringer);
  g_ptr_array_set_size (self->entries, 0);
  g_clear_object (&self->ringer);
  g_clear_object (&self->engine);
  g_clear_object (&self->application);

  G_OBJECT_CLASS (ahoy_call_kit_parent_class)->dispose (object);
}

static void
ahoy_call_kit_finalize (GObject *object)
{
  g_ptr_array_unref (AHOY_CALL_KIT (object)->entries);

  G_OBJECT_CLASS (ahoy_call_kit_parent_class)->finalize (object);
}

static void
ahoy_call_kit_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  AhoyCallKit *self = AHOY_CALL_KIT (object);

  switch (prop_id)
    {
    case PROP_ENGINE:
      g_value_set_object (value, self->engine);
      break;
    case PROP_APPLICATION:
      g_value_set_object (value, self->application);
      break;
    case PROP_MUTE_MODE:
      g_value_set_boolean (value, self->mute_mode);
      break;
    case PROP_INCOMING_STYLE:
      g_value_set_enum (value, self->incoming_style);
      break;
    case PROP_CALL_SOUNDS:
      g_value_set_boolean (value, !self->no_call_sounds);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
ahoy_call_kit_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  AhoyCallKit *self = AHOY_CALL_KIT (object);

  switch (prop_id)
    {
    case PROP_ENGINE:
      self->engine = g_value_dup_object (value);
      break;
    case PROP_APPLICATION:
      self->application = g_value_dup_object (value);
      break;
    case PROP_MUTE_MODE:
      ahoy_call_kit_set_mute_mode (self, g_value_get_boolean (value));
      break;
    case PROP_INCOMING_STYLE:
      ahoy_call_kit_set_incoming_style (self, g_value_get_enum (value));
      break;
    case PROP_CALL_SOUNDS:
      self->no_call_sounds = !g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
ahoy_call_kit_class_init (AhoyCallKitClass *klass)
{
  const GParamFlags once = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;
  const GParamFlags rw = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  ahoy_ui_ensure_init ();
  object_class->constructed = ahoy_call_kit_constructed;
  object_class->dispose = ahoy_call_kit_dispose;
  object_class->finalize = ahoy_call_kit_finalize;
  object_class->get_property = ahoy_call_kit_get_property;
  object_class->set_property = ahoy_call_kit_set_property;

  properties[PROP_ENGINE] = g_param_spec_object ("engine", NULL, NULL, AHOY_TYPE_ENGINE, once);
  properties[PROP_APPLICATION] = g_param_spec_object ("application", NULL, NULL, GTK_TYPE_APPLICATION, once);
  properties[PROP_MUTE_MODE] = g_param_spec_boolean ("mute-mode", NULL, NULL, FALSE, rw);
  properties[PROP_INCOMING_STYLE] = g_param_spec_enum ("incoming-style", NULL, NULL, AHOY_TYPE_INCOMING_STYLE,
                                                       AHOY_INCOMING_STYLE_WINDOW, rw);
  properties[PROP_CALL_SOUNDS] = g_param_spec_boolean ("call-sounds", NULL, NULL, TRUE,
                                                       G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_INCOMING] = g_signal_new ("incoming", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                           NULL, G_TYPE_NONE, 1, AHOY_TYPE_CALL);
  signals[SIGNAL_INCOMING_OVER] = g_signal_new ("incoming-over", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                                NULL, NULL, NULL, G_TYPE_NONE, 2, AHOY_TYPE_CALL, G_TYPE_BOOLEAN);
  signals[SIGNAL_PROBLEM] = g_signal_new ("problem", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
ahoy_call_kit_init (AhoyCallKit *self)
{
  self->entries = g_ptr_array_new_with_free_func (entry_free);
}

AhoyCallKit *
ahoy_call_kit_new (AhoyEngine     *engine,
                   GtkApplication *application)
{
  g_return_val_if_fail (AHOY_IS_ENGINE (engine), NULL);
  g_return_val_if_fail (!application || GTK_IS_APPLICATION (application), NULL);

  return g_object_new (AHOY_TYPE_CALL_KIT, "engine", engine, "application", application, NULL);
}

AhoyEngine *
ahoy_call_kit_get_engine (AhoyCallKit *self)
{
  g_return_val_if_fail (AHOY_IS_CALL_KIT (self), NULL);

  return self->engine;
}

gboolean
ahoy_call_kit_get_mute_mode (AhoyCallKit *self)
{
  g_return_val_if_fail (AHOY_IS_CALL_KIT (self), FALSE);

  return self->mute_mode;
}

void
ahoy_call_kit_set_mute_mode (AhoyCallKit *self,
                             gboolean     mute_mode)
{
  g_return_if_fail (AHOY_IS_CALL_KIT (self));

  if (self->mute_mode == !!mute_mode)
    return;
  self->mute_mode = !!mute_mode;
  update_ringing (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MUTE_MODE]);
}

AhoyIncomingStyle
ahoy_call_kit_get_incoming_style (AhoyCallKit *self)
{
  g_return_val_if_fail (AHOY_IS_CALL_KIT (self), AHOY_INCOMING_STYLE_WINDOW);

  return self->incoming_style;
}

void
ahoy_call_kit_set_incoming_style (AhoyCallKit       *self,
                                  AhoyIncomingStyle  style)
{
  g_return_if_fail (AHOY_IS_CALL_KIT (self));

  if (self->incoming_style == style)
    return;
  self->incoming_style = style;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_INCOMING_STYLE]);
}

gboolean
ahoy_call_kit_answer (AhoyCallKit *self,
                      const char  *call_id,
                      gboolean     with_camera)
{
  Entry *entry;

  g_return_val_if_fail (AHOY_IS_CALL_KIT (self), FALSE);

  entry = find_entry_by_id (self, call_id);
  if (!entry || entry->state != AHOY_CALL_INCOMING)
    return FALSE;
  on_card_acted (entry);
  ahoy_call_accept_async (entry->call, with_camera, NULL, NULL, NULL);
  return TRUE;
}

gboolean
ahoy_call_kit_decline (AhoyCallKit *self,
                       const char  *call_id)
{
  Entry *entry;

  g_return_val_if_fail (AHOY_IS_CALL_KIT (self), FALSE);

  entry = find_entry_by_id (self, call_id);
  if (!entry || entry->state != AHOY_CALL_INCOMING)
    return FALSE;
  on_card_acted (entry);
  ahoy_call_reject_async (entry->call, NULL, NULL, NULL);
  return TRUE;
}

void
ahoy_call_kit_silence (AhoyCallKit *self,
                       const char  *call_id)
{
  Entry *entry;

  g_return_if_fail (AHOY_IS_CALL_KIT (self));

  entry = find_entry_by_id (self, call_id);
  if (!entry || entry->state != AHOY_CALL_INCOMING)
    return;
  on_card_silenced (entry);
  if (entry->incoming)
    ahoy_incoming_call_view_silence (ahoy_incoming_call_window_get_view (AHOY_INCOMING_CALL_WINDOW (entry->incoming)));
}

gboolean
ahoy_call_kit_present (AhoyCallKit *self,
                       const char  *call_id)
{
  Entry *entry;

  g_return_val_if_fail (AHOY_IS_CALL_KIT (self), FALSE);

  entry = find_entry_by_id (self, call_id);
  if (!entry || entry->state == AHOY_CALL_ENDED)
    return FALSE;
  if (entry->state != AHOY_CALL_INCOMING)
    open_call_window (entry);
  else if (entry->incoming)
    gtk_window_present (entry->incoming);
  else
    open_incoming_window (entry);
  return TRUE;
}

GtkWindow *
ahoy_call_kit_get_window (AhoyCallKit *self,
                          AhoyCall    *call)
{
  Entry *entry;

  g_return_val_if_fail (AHOY_IS_CALL_KIT (self), NULL);

  entry = find_entry (self, call);
  if (!entry)
    return NULL;
  return entry->window ? entry->window : entry->incoming;
}
