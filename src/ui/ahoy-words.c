/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-words.h"
#include "ahoy-error.h"
#include "ahoy-media.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  int code;
  const char *title;
  const char *hint;
} Sentence;

static const Sentence error_sentences[] = {
  { -1001, N_("Calls are not switched on for this service"), N_("Ask the administrator of the service") },
  { -1002, N_("The service doesn't offer this"), N_("Ask the administrator of the service") },
  { -1003, N_("This version of Ahoy is too old for the service"), N_("Please install the newest version") },
  { -1101, N_("Ahoy may not use the microphone or camera"), N_("Allow it in the system's settings") },
  { -1102, N_("The list of microphones and cameras can't be read"), NULL },
  { -1201, N_("You are not signed in"), N_("Please sign in first") },
  { -1202, N_("This person can't be called"), N_("Check the Ahoy ID") },
  { -1203, N_("You are already in a call"), N_("Hang up first") },
  { -1204, N_("This is already under way"), NULL },
  { -1205, N_("This isn't possible in this call"), NULL },
  { -1401, N_("The service can't be reached"), N_("Check the network connection") },
  { -1406, N_("The service can't be reached"), N_("Check the network connection") },
  { 6014, N_("You are not signed in"), N_("Please sign in again") },
  { 6017, N_("The service didn't understand this"), NULL },
  { 6206, N_("The ticket has expired"), N_("Please sign in again") },
  { 6208, N_("Signed out here"), N_("This account was opened on another device") },
  { 7013, N_("The service doesn't offer this"), N_("Ask the administrator of the service") },
  { 8010, N_("This call is already over"), NULL },
  { 20007, N_("This person can't be called"), NULL },
  { 60006, N_("The service doesn't know this application"), N_("Check the application number") },
  { 60007, N_("That was a little too fast"), N_("Please try again in a moment") },
  { 60008, N_("The service didn't answer in time"), N_("Please try again") },
  { 60012, N_("The application number is missing"), NULL },
  { 60016, N_("The service has switched this application off"), N_("Ask the administrator of the service") },
  { 60018, N_("That was a little too fast"), N_("Please try again in a moment") },
  { 60019, N_("That was a little too fast"), N_("Please try again in a moment") },
  { 70001, N_("The ticket has expired"), N_("Please sign in again") },
  { 70002, N_("The ticket is empty"), N_("Paste the whole ticket") },
  { 70003, N_("The ticket isn't complete"), N_("Paste the whole ticket") },
  { 70004, N_("The ticket isn't complete"), N_("Paste the whole ticket") },
  { 70005, N_("The ticket isn't complete"), N_("Paste the whole ticket") },
  { 70009, N_("The service doesn't accept this ticket"), N_("Ask for a new one") },
  { 70013, N_("The ticket belongs to another Ahoy ID"), N_("Check the Ahoy ID") },
  { 70014, N_("The ticket belongs to another application"), N_("Check the application number") },
  { 70016, N_("The service doesn't accept this ticket"), N_("Ask for a new one") },
  { 70020, N_("The service doesn't know this application"), N_("Check the application number") },
  { 70050, N_("Too many wrong tickets"), N_("Please try again later") },
};

static const Sentence media_sentences[] = {
  { AHOY_MEDIA_ERROR_CAMERA_FAILED, N_("The camera doesn't work"), N_("Unplug it and plug it in again") },
  { AHOY_MEDIA_ERROR_CAMERA_NOT_AUTHORIZED, N_("Ahoy may not use the camera"), N_("Allow it in the system's settings") },
  { AHOY_MEDIA_ERROR_CAMERA_BUSY, N_("Another app is using the camera"), NULL },
  { AHOY_MEDIA_ERROR_CAMERA_MISSING, N_("No camera found"), NULL },
  { AHOY_MEDIA_ERROR_MICROPHONE_FAILED, N_("The microphone doesn't work"), N_("Others can't hear you") },
  { AHOY_MEDIA_ERROR_MICROPHONE_NOT_AUTHORIZED, N_("Ahoy may not use the microphone"),
    N_("Allow it in the system's settings") },
  { AHOY_MEDIA_ERROR_MICROPHONE_BUSY, N_("Another app is using the microphone"), N_("Others can't hear you") },
  { AHOY_MEDIA_ERROR_MICROPHONE_MISSING, N_("No microphone found"), N_("Others can't hear you") },
  { AHOY_MEDIA_ERROR_NO_SOUND_SERVER, N_("The sound of this computer doesn't work"),
    N_("You can't hear others and they can't hear you") },
  { AHOY_MEDIA_ERROR_SPEAKER_FAILED, N_("The speaker doesn't work"), N_("You can't hear others") },
  { AHOY_MEDIA_ERROR_PLUGIN_MISSING, N_("A part that calls need is not installed"), NULL },
};

static const Sentence *
find_sentence (const Sentence *sentences,
               gsize           n,
               int             code)
{
  gsize i;

  for (i = 0; i < n; i++)
    if (sentences[i].code == code)
      return &sentences[i];
  return NULL;
}

char *
ahoy_words_timer (guint seconds)
{
  if (seconds >= 3600)
    return g_strdup_printf ("%u:%02u:%02u", seconds / 3600, seconds / 60 % 60, seconds % 60);
  return g_strdup_printf ("%u:%02u", seconds / 60, seconds % 60);
}

char *
ahoy_words_duration (guint seconds)
{
  const guint minutes = seconds / 60;
  g_autofree char *m = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u minute", "%u minutes", minutes), minutes);
  g_autofree char *s = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u second", "%u seconds", seconds % 60),
                                        seconds % 60);

  if (minutes == 0)
    return g_steal_pointer (&s);
  /* Translators: a duration, "12 minutes 34 seconds" */
  return g_strdup_printf (_("%s %s"), m, s);
}

char *
ahoy_words_isolate (const char *name)
{
  return g_strconcat ("\xe2\x81\xa8", name ? name : "", "\xe2\x81\xa9", NULL);
}

const char *
ahoy_words_state (AhoyCallState state)
{
  switch (state)
    {
    case AHOY_CALL_CALLING:
      return _("Calling…");
    case AHOY_CALL_RINGING:
      return _("Ringing…");
    case AHOY_CALL_INCOMING:
      return _("Incoming call");
    case AHOY_CALL_CONNECTING:
      return _("Connecting…");
    case AHOY_CALL_ACTIVE:
      return _("Connected");
    case AHOY_CALL_RECONNECTING:
      return _("Reconnecting…");
    case AHOY_CALL_ENDED:
      return _("Call ended");
    default:
      return "";
    }
}

const char *
ahoy_words_call_kind (AhoyCallMedia media)
{
  return media == AHOY_CALL_MEDIA_VIDEO ? _("Video call") : _("Audio call");
}

char *
ahoy_words_incoming (AhoyCallMedia  media,
                     const char    *name)
{
  g_autofree char *who = ahoy_words_isolate (name);

  if (media == AHOY_CALL_MEDIA_VIDEO)
    return g_strdup_printf (_("Incoming video call from %s"), who);
  return g_strdup_printf (_("Incoming audio call from %s"), who);
}

char *
ahoy_words_missed (const char *name)
{
  g_autofree char *who = ahoy_words_isolate (name);

  return g_strdup_printf (_("Missed call from %s"), who);
}

static char *
hung_up_words (gboolean    by_me,
               const char *who,
               guint       duration)
{
  g_autofree char *time = ahoy_words_timer (duration);

  if (by_me && duration == 0)
    return g_strdup (_("Call ended"));
  if (by_me)
    return g_strdup_printf (_("Call ended · %s"), time);
  if (duration == 0)
    return g_strdup_printf (_("%s ended the call"), who);
  return g_strdup_printf (_("%s ended the call · %s"), who, time);
}

char *
ahoy_words_ended (AhoyEndReason  reason,
                  AhoyCallRole   role,
                  gboolean       by_me,
                  const char    *name,
                  guint          duration,
                  const GError  *error)
{
  g_autofree char *who = ahoy_words_isolate (name);
  gboolean is_called = role == AHOY_CALL_ROLE_CALLED;

  if (error)
    return ahoy_words_error (error);

  switch (reason)
    {
    case AHOY_END_REASON_HANG_UP:
      return hung_up_words (by_me, who, duration);
    case AHOY_END_REASON_REJECT:
      return is_called ? g_strdup (_("You declined")) : g_strdup_printf (_("%s declined"), who);
    case AHOY_END_REASON_NO_RESPONSE:
      return is_called ? ahoy_words_missed (name) : g_strdup (_("No answer"));
    case AHOY_END_REASON_OFFLINE:
      return g_strdup (_("The connection was lost"));
    case AHOY_END_REASON_LINE_BUSY:
      return is_called ? ahoy_words_missed (name) : g_strdup_printf (_("%s is on another call"), who);
    case AHOY_END_REASON_CANCELED:
      return is_called ? ahoy_words_missed (name) : g_strdup (_("Call canceled"));
    case AHOY_END_REASON_OTHER_DEVICE_ACCEPTED:
      return g_strdup (_("Answered on another device"));
    case AHOY_END_REASON_OTHER_DEVICE_REJECT:
      return g_strdup (_("Declined on another device"));
    case AHOY_END_REASON_END_BY_SERVER:
      return g_strdup (_("The call was ended by the service"));
    case AHOY_END_REASON_UNKNOWN:
    default:
      return hung_up_words (TRUE, who, duration);
    }
}

static const char *
peer_name (AhoyCall *call)
{
  AhoyParticipant *peer = ahoy_call_get_peer (call);
  AhoyUser *user = peer ? ahoy_participant_get_user (peer) : ahoy_call_get_inviter (call);

  return user ? ahoy_user_get_display_name (user) : "";
}

char *
ahoy_words_call_ended (AhoyCall *call)
{
  AhoyParticipant *peer = ahoy_call_get_peer (call);
  AhoyUser *by = ahoy_call_get_ended_by (call);
  gboolean by_me = !by || !peer || by != ahoy_participant_get_user (peer);

  return ahoy_words_ended (ahoy_call_get_end_reason (call), ahoy_call_get_role (call), by_me, peer_name (call),
                           ahoy_call_get_duration (call), ahoy_call_get_error (call));
}

char *
ahoy_words_window_title (AhoyCall *call)
{
  g_autofree char *who = ahoy_words_isolate (peer_name (call));
  g_autofree char *time = ahoy_words_timer (ahoy_call_get_duration (call));

  switch (ahoy_call_get_state (call))
    {
    case AHOY_CALL_CALLING:
    case AHOY_CALL_RINGING:
      return g_strdup_printf (_("Calling %s"), who);
    case AHOY_CALL_INCOMING:
      return ahoy_words_incoming (ahoy_call_get_media (call), peer_name (call));
    case AHOY_CALL_CONNECTING:
      return g_strdup_printf (_("Connecting to %s"), who);
    case AHOY_CALL_RECONNECTING:
      return g_strdup_printf (_("Reconnecting to %s"), who);
    case AHOY_CALL_ENDED:
      return ahoy_words_call_ended (call);
    case AHOY_CALL_ACTIVE:
    default:
      /* Translators: the title of a window, name and duration */
      return g_strdup_printf (_("%s · %s"), who, time);
    }
}

char *
ahoy_words_record (AhoyRecord *record)
{
  g_autofree char *time = ahoy_words_timer (ahoy_record_get_duration (record));
  gboolean was_long = ahoy_record_get_duration (record) > 0;

  switch (ahoy_record_get_result (record))
    {
    case AHOY_CALL_RESULT_MISSED:
      return g_strdup (_("Missed"));
    case AHOY_CALL_RESULT_INCOMING:
      return was_long ? g_strdup_printf (_("Incoming · %s"), time) : g_strdup (_("Incoming"));
    case AHOY_CALL_RESULT_OUTGOING:
      return was_long ? g_strdup_printf (_("Outgoing · %s"), time) : g_strdup (_("Outgoing"));
    case AHOY_CALL_RESULT_UNKNOWN:
    default:
      return g_strdup (_("Call"));
    }
}

const char *
ahoy_words_presence (AhoyPresence presence)
{
  switch (presence)
    {
    case AHOY_PRESENCE_ONLINE:
      return _("Online");
    case AHOY_PRESENCE_OFFLINE:
      return _("Offline");
    case AHOY_PRESENCE_BUSY:
      return _("On a call");
    case AHOY_PRESENCE_UNKNOWN:
    default:
      return "";
    }
}

static const Sentence *
sentence_for (const GError *error)
{
  if (error->domain == AHOY_ERROR)
    return find_sentence (error_sentences, G_N_ELEMENTS (error_sentences), error->code);
  if (error->domain == AHOY_MEDIA_ERROR)
    return find_sentence (media_sentences, G_N_ELEMENTS (media_sentences), error->code);
  return NULL;
}

static const char *
tls_words (const GError *error)
{
  if (g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE))
    return _("The service can't prove who it is");
  return _("No secure connection to the service");
}

static const char *
io_words (const GError *error)
{
  switch (error->code)
    {
    case G_IO_ERROR_TIMED_OUT:
      return _("The service didn't answer in time");
    case G_IO_ERROR_CANCELLED:
      return _("Stopped");
    case G_IO_ERROR_CONNECTION_REFUSED:
    case G_IO_ERROR_HOST_UNREACHABLE:
    case G_IO_ERROR_NETWORK_UNREACHABLE:
    case G_IO_ERROR_HOST_NOT_FOUND:
    case G_IO_ERROR_CONNECTION_CLOSED:
    case G_IO_ERROR_NOT_CONNECTED:
      return _("The service can't be reached");
    default:
      return _("Something went wrong");
    }
}

char *
ahoy_words_error (const GError *error)
{
  const Sentence *sentence;

  g_return_val_if_fail (error != NULL, g_strdup (""));

  sentence = sentence_for (error);
  if (sentence)
    return g_strdup (g_dgettext (GETTEXT_PACKAGE, sentence->title));
  if (error->domain == G_TLS_ERROR)
    return g_strdup (tls_words (error));
  if (error->domain == G_RESOLVER_ERROR)
    return g_strdup (_("The service can't be found"));
  if (error->domain == G_IO_ERROR)
    return g_strdup (io_words (error));
  /* A number nobody knows: the message of the other end is better than nothing. */
  return error->message && *error->message ? g_utf8_make_valid (error->message, -1)
                                           : g_strdup (_("Something went wrong"));
}

char *
ahoy_words_error_hint (const GError *error)
{
  const Sentence *sentence;

  g_return_val_if_fail (error != NULL, NULL);

  /* The message names what is missing and the package that has it. */
  if (g_error_matches (error, AHOY_MEDIA_ERROR, AHOY_MEDIA_ERROR_PLUGIN_MISSING))
    return g_utf8_make_valid (error->message, -1);
  sentence = sentence_for (error);
  if (sentence)
    return sentence->hint ? g_strdup (g_dgettext (GETTEXT_PACKAGE, sentence->hint)) : NULL;
  if (g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE))
    return g_strdup (_("Somebody may be pretending to be it; ask its administrator"));
  if (error->domain == G_RESOLVER_ERROR)
    return g_strdup (_("Check the address and the network connection"));
  if (error->domain == G_IO_ERROR || error->domain == G_TLS_ERROR)
    return g_strdup (_("Check the address and the network connection"));
  return NULL;
}
