/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "call-world.h"

#include <signal.h>
#include <string.h>

/* Walks every order of what may happen to a call, to a depth, against a statement of what has to hold of it that knows
 * nothing of the engine's table: of all orders that lead to the same place one is gone on with. */

#define DEPTH 8

/* Less deep where every step is slow: AHOY_TEST_MODEL_DEPTH. */
static guint
get_depth (void)
{
  const char *given = g_getenv ("AHOY_TEST_MODEL_DEPTH");

  return given ? (guint) CLAMP (g_ascii_strtoull (given, NULL, 10), 1, DEPTH) : DEPTH;
}

#define L(letter) (1u << (letter))
#define LINE (L (OFFER_1) | L (CONNECT) | L (LOSE) | L (READY))
#define SERVER (L (ANSWER) | L (FAIL) | L (OFFLINE) | L (WELCOME) | L (STALE) | L (TIME_OUT))

static Member *
get_other (World      *world,
           const char *peer_name)
{
  return g_str_has_prefix (peer_name, "bob/") ? &world->seen.bob : &world->seen.carol;
}

static gboolean
is_winner (World    *world,
           AhoyPeer *peer)
{
  const char *name = fake_peer_get_name (peer);
  Member     *member = get_other (world, name);

  return member_is_in (member) && g_str_equal (strchr (name, '/') + 1, member->device_id);
}

static gboolean
is_linked (World *world)
{
  GPtrArray *peers = fake_peers_get ();

  for (guint i = 0; i < peers->len; i++)
    {
      AhoyPeer *peer = g_ptr_array_index (peers, i);

      if (ahoy_peer_get_state (peer) == AHOY_PEER_CONNECTED && is_winner (world, peer))
        return TRUE;
    }
  return FALSE;
}

static void
update_facts (World *world)
{
  gboolean others_in = member_is_in (&world->seen.bob) || member_is_in (&world->seen.carol);

  if (world->is_ended)
    return;

  if (world->scenario->beginning == OUTGOING && truth_is_here (&world->seen) && others_in)
    world->is_accepted = TRUE;
  world->has_rung |= world->seen.exists && (world->seen.bob.status == AHOY_CALL_MEMBER_RINGING);
  world->has_begun |= world->is_accepted && truth_is_here (&world->seen) && world->seen.started_ms;
  if (!world->is_accepted || !others_in)
    world->was_linked = FALSE;
  else
    world->was_linked |= is_linked (world);
}

static AhoyCallState
get_expected_state (World *world)
{
  if (world->is_ended)
    return AHOY_CALL_ENDED;
  if (world->is_accepted && is_linked (world))
    return AHOY_CALL_ACTIVE;
  if (world->is_accepted)
    return world->was_linked ? AHOY_CALL_RECONNECTING : AHOY_CALL_CONNECTING;
  if (world->scenario->beginning == INCOMING)
    return AHOY_CALL_INCOMING;
  if (world->scenario->beginning == JOINING)
    return AHOY_CALL_CONNECTING;
  return world->has_rung ? AHOY_CALL_RINGING : AHOY_CALL_CALLING;
}

/* No media is sent before the local acceptance, nor to a device that is not in the call, nor before it is ready; and
 * none is held back when all of that is so. One device of a person wins. */
static void
check_gates (World *world)
{
  GPtrArray *peers = fake_peers_get ();
  gboolean   is_open = world->is_accepted && !world->is_ended;

  for (guint i = 0; i < peers->len; i++)
    {
      AhoyPeer *peer = g_ptr_array_index (peers, i);
      Member   *member = get_other (world, fake_peer_get_name (peer));
      gboolean  may_pass = is_open && is_winner (world, peer);

      g_assert_false (world->is_ended);
      g_assert_true (member_is_in (member) || member_is_waiting (member));
      if (is_open && member_is_in (member))
        g_assert_true (is_winner (world, peer));
      if (fake_peer_is_sending (peer))
        g_assert_true (may_pass && peer_is_ready (peer));
      if (fake_peer_is_playing (peer))
        g_assert_true (may_pass);
      if (may_pass && peer_is_ready (peer) && ahoy_peer_get_state (peer) == AHOY_PEER_CONNECTED)
        g_assert_true (fake_peer_is_sending (peer));
    }
  if (!world->is_accepted)
    g_assert_cmpuint (world->n_ready, ==, 0);
  if (world->scenario->is_stranger && !world->is_accepted)
    g_assert_cmpuint (world->n_sdp, ==, 0);
  g_assert_cmpint (fake_media_is_capturing (world->media), ==,
                   !world->is_ended && !world->is_leaving && (world->is_accepted || world->scenario->beginning == OUTGOING));
}

/* Whoever enters later makes the connection. */
static void
check_offers (World        *world,
              const Member *member)
{
  g_autofree char *name = g_strdup_printf ("%s/%s", member->user_id, member->device_id);

  if (!world->is_ended && !world->is_leaving && world->is_accepted && member_is_in (member) &&
      (!truth_is_here (&world->seen) || world->seen.me.entry > member->entry))
    g_assert_nonnull (world_find_peer (name));
}

static void
check_participant (World        *world,
                   const Member *member)
{
  AhoyParticipant *participant = ahoy_call_find_participant (world->call, member->user_id);

  if (member_is_in (member) || member_is_waiting (member))
    {
      g_assert_nonnull (participant);
      g_assert_cmpint (ahoy_participant_get_status (participant), ==,
                       member_is_in (member) ? AHOY_PARTICIPANT_ACCEPTED : AHOY_PARTICIPANT_WAITING);
      g_assert_cmpstr (ahoy_participant_get_facts (participant)->device_id, ==,
                       member_is_in (member) ? member->device_id : NULL);
    }
  else
    g_assert_null (participant);
}

/* It ends once and stays so, and whatever belonged to it is gone. */
static void
check_end (World *world)
{
  g_assert_cmpuint (world->n_ended, ==, world->is_ended);
  g_assert_cmpuint (world->n_call_ended, ==, world->is_ended);
  g_assert_cmpuint (world->n_not_connected, ==, world->is_ended && !world->has_begun);
  g_assert_cmpuint (world->n_after_end, ==, 0);
  if (!world->is_ended)
    {
      g_assert_true (ahoy_call_list_get_current (world->list) == world->call);
      return;
    }

  g_assert_cmpint (ahoy_call_get_end_reason (world->call), ==, world->reason);
  g_assert_null (world->call->peers);
  g_assert_cmpuint (world->call->ring_id, ==, 0);
  g_assert_cmpuint (world->call->tick_id, ==, 0);
  g_assert_cmpuint (world->call->volumes_id, ==, 0);
  g_assert_cmpuint (world->call->leave_id, ==, 0);
  /* Who is asked back gets another call, and nobody else does. */
  g_assert_cmpuint (world->n_added, ==, 1 + world->n_asked_back);
  g_assert_true (ahoy_call_list_get_current (world->list) != world->call);
}

static void
check (World *world)
{
  update_facts (world);
  g_assert_cmpint (ahoy_call_get_state (world->call), ==, get_expected_state (world));
  g_assert_cmpuint (world->n_begin, ==, world->has_begun);
  check_end (world);
  if (world->n_added > 1)
    return;

  check_gates (world);
  check_offers (world, &world->seen.bob);
  check_offers (world, &world->seen.carol);
  if (!world->is_ended)
    {
      /* A call that waits for an answer has a deadline of its own; one that runs has a clock. */
      g_assert_cmpint (world->call->ring_id != 0, ==, !world->is_accepted && world->scenario->beginning != JOINING);
      g_assert_cmpint (world->call->tick_id != 0, ==, world->is_accepted);
      if (truth_hears (&world->seen))
        {
          check_participant (world, &world->seen.bob);
          check_participant (world, &world->seen.carol);
        }
    }
}

/* When everything under way is answered, nobody waits for an answer any more, and who is out of it here is so for the
 * server. */
static void
check_rest (World *world)
{
  if (world->is_offline)
    world_happen (world, WELCOME);
  while (fake_session_count (world->session) > 0)
    {
      world_answer (world);
      world_settle ();
    }
  if (world->call->leave_id)
    world_happen (world, LEAVE_TIMER);
  g_assert_cmpuint (world->n_answered, ==, world->n_asked);
  if (world->is_ended && !world->has_failed && !world->n_asked_back && world->reason != AHOY_END_REASON_OFFLINE &&
      world->reason != AHOY_END_REASON_NO_RESPONSE)
    g_assert_false (truth_hears (&world->truth));
}

typedef struct
{
  guint8 letters[DEPTH];
  guint8 length;
  guint  next; /* the letters that may come */
} Path;

/* What is under way, for whoever reads of a check that failed. */
static const Path *current;

static void
on_abort (int signal_number)
{
  g_printerr ("# after:");
  for (guint i = 0; current && i < current->length; i++)
    g_printerr (" %s", world_letter_names[current->letters[i]]);
  g_printerr ("\n");
}

/* Each of the thousands of lives has much to say. */
static void
on_log (const char    *domain,
        GLogLevelFlags level,
        const char    *message,
        gpointer       data)
{
  if ((level & G_LOG_LEVEL_MASK) <= G_LOG_LEVEL_MESSAGE)
    g_log_default_handler (domain, level, message, data);
}

/* What is refused at once, and what is older than what is known. */
static gboolean
means_nothing (World  *world,
               Letter  letter)
{
  return letter == STALE || ((letter == ACCEPT || letter == REJECT || letter == IGNORE) && !world_rings_here (world));
}

/* Looks which letters may come next; of those that mean nothing it proves that nothing comes of them. */
static guint
look_ahead (World      *world,
            const char *place)
{
  guint next = 0;

  for (Letter letter = 0; letter < N_LETTERS; letter++)
    {
      g_autofree char *after = NULL;

      if (!(world->scenario->letters & L (letter)) || !world_may_happen (world, letter))
        continue;
      if (!means_nothing (world, letter))
        {
          next |= L (letter);
          continue;
        }

      world_happen (world, letter);
      check (world);
      after = world_describe (world);
      g_assert_cmpstr (after, ==, place);
    }
  return next;
}

/* Lives a path; its place is new when nobody has been there. */
static gboolean
live (const Scenario *scenario,
      Path           *path,
      GHashTable     *places)
{
  World *world = world_new (scenario);
  char *place;
  gboolean is_new;

  current = path;
  for (guint i = 0; i < path->length; i++)
    {
      world_happen (world, path->letters[i]);
      update_facts (world);
    }
  check (world);

  place = world_describe (world);
  is_new = g_hash_table_add (places, place);
  if (is_new)
    {
      path->next = look_ahead (world, place);
      check_rest (world);
    }
  world_free (world);
  return is_new;
}

static void
test_walk (gconstpointer data)
{
  const Scenario *scenario = data;
  g_autoptr (GHashTable) places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GArray) paths = g_array_new (FALSE, FALSE, sizeof (Path));
  Path  path = { 0 };
  guint n_lives = 1, depth = get_depth ();

  g_assert_true (live (scenario, &path, places));
  g_array_append_val (paths, path);
  for (guint i = 0; i < paths->len; i++)
    {
      Path from = g_array_index (paths, Path, i);

      for (Letter letter = 0; letter < N_LETTERS && from.length < depth; letter++)
        {
          if (!(from.next & L (letter)))
            continue;
          path = from;
          path.letters[path.length++] = (guint8) letter;
          n_lives++;
          if (live (scenario, &path, places))
            g_array_append_val (paths, path);
        }
    }
  g_test_message ("%u places, %u lives", g_hash_table_size (places), n_lives);
  /* A walk that gets nowhere proves nothing. */
  g_assert_cmpuint (g_hash_table_size (places), >, 100);
}

static const Scenario incoming = {
  INCOMING, FALSE, FALSE,
  L (ACCEPT) | L (REJECT) | L (IGNORE) | L (HANG_UP) | SERVER | L (BOB_LEAVES) | L (BOB_MOVES) | L (TAKEN) | LINE |
    L (RING_TIMER) | L (ALONE_TIMER) | L (LEAVE_TIMER)
};

static const Scenario stranger = {
  INCOMING, FALSE, TRUE,
  L (ACCEPT) | L (HANG_UP) | L (ANSWER) | L (FAIL) | L (BOB_LEAVES) | L (BOB_MOVES) | L (WELCOME) | LINE
};

static const Scenario incoming_several = {
  INCOMING, TRUE, FALSE,
  L (ACCEPT) | L (HANG_UP) | L (ANSWER) | L (BOB_LEAVES) | L (CAROL_ENTERS) | L (CAROL_LEAVES) | L (ASKED_BACK) |
    L (OFFLINE) | L (WELCOME) | L (TAKEN) | L (TIME_OUT) | L (CONNECT)
};

static const Scenario outgoing = {
  OUTGOING, FALSE, FALSE,
  L (ACCEPT) | L (HANG_UP) | SERVER | L (BOB_RINGS) | L (BOB_ENTERS) | L (BOB_LEAVES) | L (BOB_MOVES) | LINE |
    L (OFFER_2) | L (RING_TIMER) | L (ALONE_TIMER) | L (LEAVE_TIMER)
};

static const Scenario outgoing_several = {
  OUTGOING, TRUE, FALSE,
  L (HANG_UP) | L (ANSWER) | L (BOB_ENTERS) | L (BOB_LEAVES) | L (CAROL_ENTERS) | L (CAROL_LEAVES) | L (TIME_OUT) |
    L (OFFLINE) | L (WELCOME) | L (OFFER_2) | LINE
};

static const Scenario joining = {
  JOINING, TRUE, FALSE,
  L (ACCEPT) | L (HANG_UP) | L (ANSWER) | L (FAIL) | L (WELCOME) | L (STALE) | L (BOB_LEAVES) | L (BOB_MOVES) |
    L (CAROL_ENTERS) | L (CAROL_LEAVES) | L (ASKED_BACK) | LINE | L (ALONE_TIMER)
};

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  signal (SIGABRT, on_abort);
  g_log_set_default_handler (on_log, NULL);
  g_test_add_data_func ("/engine/call-model/incoming", &incoming, test_walk);
  g_test_add_data_func ("/engine/call-model/stranger", &stranger, test_walk);
  g_test_add_data_func ("/engine/call-model/incoming-several", &incoming_several, test_walk);
  g_test_add_data_func ("/engine/call-model/outgoing", &outgoing, test_walk);
  g_test_add_data_func ("/engine/call-model/outgoing-several", &outgoing_several, test_walk);
  g_test_add_data_func ("/engine/call-model/joining", &joining, test_walk);
  return g_test_run ();
}
