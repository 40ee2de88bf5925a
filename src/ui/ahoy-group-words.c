/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-group-words.h"
#include "ahoy-words.h"

#include <glib/gi18n-lib.h>

char *
ahoy_words_names (const char *const *names,
                  guint              n)
{
  g_autofree char *a = n > 0 ? ahoy_words_isolate (names[0]) : NULL;
  g_autofree char *b = n > 1 ? ahoy_words_isolate (names[1]) : NULL;
  g_autofree char *c = n > 2 ? ahoy_words_isolate (names[2]) : NULL;

  switch (n)
    {
    case 0:
      return g_strdup ("");
    case 1:
      return g_steal_pointer (&a);
    case 2:
      /* Translators: two names */
      return g_strdup_printf (_("%s and %s"), a, b);
    case 3:
      /* Translators: three names */
      return g_strdup_printf (_("%s, %s and %s"), a, b, c);
    default:
      /* Translators: two names and a number of people, which is 2 at least */
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s, %s and %u other", "%s, %s and %u others", n - 2), a,
                              b, n - 2);
    }
}

char *
ahoy_words_call_people (AhoyCall *call)
{
  GListModel *people = ahoy_call_get_participants (call);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  guint i;

  for (i = 0; i < g_list_model_get_n_items (people); i++)
    {
      g_autoptr (AhoyParticipant) participant = g_list_model_get_item (people, i);

      /* The user outlives the participant's reference: the list holds it. */
      g_ptr_array_add (names, (char *) ahoy_user_get_display_name (ahoy_participant_get_user (participant)));
    }
  return ahoy_words_names ((const char *const *) names->pdata, names->len);
}

char *
ahoy_words_joined (const char *const *names,
                   guint              n)
{
  g_autofree char *who = ahoy_words_names (names, n);

  /* Translators: %s is one name or several, "Ada and Bo joined" */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s joined", "%s joined", n), who);
}

char *
ahoy_words_left (const char *const *names,
                 guint              n)
{
  g_autofree char *who = ahoy_words_names (names, n);

  /* Translators: %s is one name or several, "Ada and Bo left" */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s left", "%s left", n), who);
}

char *
ahoy_words_did_not_come (const char    *name,
                         AhoyEndReason  reason)
{
  g_autofree char *who = ahoy_words_isolate (name);

  switch (reason)
    {
    case AHOY_END_REASON_REJECT:
    case AHOY_END_REASON_OTHER_DEVICE_REJECT:
      return g_strdup_printf (_("%s declined"), who);
    case AHOY_END_REASON_LINE_BUSY:
      return g_strdup_printf (_("%s is on another call"), who);
    case AHOY_END_REASON_CANCELED:
      return g_strdup_printf (_("%s is no longer invited"), who);
    case AHOY_END_REASON_UNKNOWN:
    case AHOY_END_REASON_HANG_UP:
    case AHOY_END_REASON_NO_RESPONSE:
    case AHOY_END_REASON_OFFLINE:
    case AHOY_END_REASON_OTHER_DEVICE_ACCEPTED:
    case AHOY_END_REASON_END_BY_SERVER:
    default:
      return g_strdup_printf (_("%s didn't answer"), who);
    }
}

const char *
ahoy_words_tile_gone (AhoyEndReason reason)
{
  switch (reason)
    {
    case AHOY_END_REASON_REJECT:
    case AHOY_END_REASON_OTHER_DEVICE_REJECT:
      return _("Declined");
    case AHOY_END_REASON_LINE_BUSY:
      return _("On another call");
    case AHOY_END_REASON_CANCELED:
      return NULL;
    case AHOY_END_REASON_UNKNOWN:
    case AHOY_END_REASON_HANG_UP:
    case AHOY_END_REASON_NO_RESPONSE:
    case AHOY_END_REASON_OFFLINE:
    case AHOY_END_REASON_OTHER_DEVICE_ACCEPTED:
    case AHOY_END_REASON_END_BY_SERVER:
    default:
      return _("No answer");
    }
}

char *
ahoy_words_tile (const AhoyTileFacts *facts)
{
  const char *parts[9];
  guint n = 0;

  parts[n++] = facts->is_own ? _("You") : facts->name;
  if (facts->is_waiting)
    parts[n++] = _("ringing");
  else
    parts[n++] = facts->has_video ? _("video on") : _("video off");
  if (facts->is_muted && !facts->is_waiting)
    parts[n++] = _("muted");
  if (facts->is_weak)
    parts[n++] = _("weak connection");
  if (facts->is_reconnecting)
    parts[n++] = _("reconnecting");
  if (facts->is_sharing)
    parts[n++] = _("shares the screen");
  if (facts->is_pinned)
    parts[n++] = _("pinned");
  parts[n] = NULL;
  /* Translators: between the parts of a list, "Ada, video on, muted" */
  return g_strjoinv (_(", "), (char **) parts);
}
