/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-call-json.h"
#include "ahoy-call-logic.h"
#include "ahoy-protocol-tables.h"

/* Every order of events up to this length, on a call of two and on one of three. */
#define DEPTH 5

typedef struct
{
  AhoyCallEventType type;
  const char *user;
  const char *device;
} Step;

static const Step steps[] = {
  { AHOY_EVENT_RINGING, "bob", "b1" },  { AHOY_EVENT_ACCEPT, "bob", "b1" },
  { AHOY_EVENT_ACCEPT, "bob", "b2" },   { AHOY_EVENT_REJECT, "bob", "b2" },
  { AHOY_EVENT_CANCEL, "alice", "a1" }, { AHOY_EVENT_HANGUP, "alice", "a1" },
  { AHOY_EVENT_HANGUP, "bob", "b1" },   { AHOY_EVENT_LOST, "bob", "b1" },
  { AHOY_EVENT_LOST, "alice", "a1" },   { AHOY_EVENT_BACK, "bob", "b1" },
  { AHOY_EVENT_TIME, NULL, NULL },      { AHOY_EVENT_ACCEPT, "carol", "c1" },
  { AHOY_EVENT_REJECT, "carol", "c1" },
};

typedef struct
{
  guint n_records[3];
  guint n_ended[3];
  guint n_taken_accept;
  gint64 ver;
  gboolean was_ended;
} Seen;

static AhoyCallData *
make_call (guint n_people)
{
  static const char *const names[] = { "alice", "bob", "carol" };
  AhoyCallData *call = ahoy_call_data_new ("id", 1, "alice");

  call->media = g_strdup ("audio");
  call->group = g_strdup ("");
  call->room = g_strdup ("");
  call->user_data = g_strdup ("");
  call->is_multi = n_people > 2;
  ahoy_call_data_begin (call, "a1", "", "", 1000);
  for (guint i = 1; i < n_people; i++)
    {
      AhoyInvitee invitee = { names[i], "", "", AHOY_REASON_NONE };

      ahoy_call_data_invite (call, &invitee, "alice", 1000, 3500);
    }

  return call;
}

static void
count_effects (AhoyCallData *call,
               GArray       *effects,
               Seen         *seen)
{
  for (guint i = 0; i < effects->len; i++)
    {
      AhoyEffect *effect = &g_array_index (effects, AhoyEffect, i);
      guint index = 0;

      if (effect->member)
        g_assert_true (g_ptr_array_find (call->members, effect->member, &index));
      if (effect->type == AHOY_EFFECT_RECORD)
        seen->n_records[index]++;
      else if (effect->type == AHOY_EFFECT_ENDED)
        seen->n_ended[index]++;
      else if (effect->type == AHOY_EFFECT_TAKEN && effect->reason == AHOY_REASON_ACCEPTED_ELSEWHERE && index == 1)
        seen->n_taken_accept++;
    }
}

/* What must hold whatever happened before. */
static void
check_invariants (AhoyCallData *call,
                  Seen         *seen,
                  guint         n_effects,
                  gint64        old_ver)
{
  guint n_in = 0;

  if (seen->was_ended)
    {
      g_assert_cmpint (call->phase, ==, AHOY_PHASE_ENDED);
      g_assert_cmpuint (n_effects, ==, 0);
      g_assert_cmpint (call->ver, ==, old_ver);
    }
  g_assert_cmpint (call->ver == old_ver, ==, n_effects == 0);
  g_assert_cmpint (call->ver, <=, old_ver + 1);
  g_assert_cmpuint (seen->n_taken_accept, <=, 1);
  for (guint i = 0; i < call->members->len; i++)
    {
      const AhoyMember *member = g_ptr_array_index (call->members, i);
      guint left = member->status == AHOY_MEMBER_LEFT ? 1 : 0;

      /* Exactly one line in the history and one end for each, and not before. */
      g_assert_cmpuint (seen->n_records[i], ==, left);
      g_assert_cmpuint (seen->n_ended[i], ==, left);
      g_assert_cmpint (member->reason != AHOY_REASON_NONE, ==, left != 0);
      g_assert_cmpint (ahoy_member_is_in (member) || (left && member->joined_ms), ==, member->device[0] != 0);
      n_in += ahoy_member_is_in (member) ? 1 : 0;
    }
  if (call->phase == AHOY_PHASE_ENDED)
    g_assert_cmpuint (n_in, ==, 0);
  else
    g_assert_cmpuint (n_in, >, 0);
  g_assert_cmpint (call->phase == AHOY_PHASE_ACTIVE, <=, call->started_ms != 0);
  seen->was_ended = call->phase == AHOY_PHASE_ENDED;
}

static void
check_text (AhoyCallData *call)
{
  g_autofree char *text = ahoy_call_to_text (call);
  g_autoptr (AhoyCallData) copy = ahoy_call_from_text (text);
  g_autofree char *again = ahoy_call_to_text (copy);

  g_assert_cmpstr (again, ==, text);
}

static guint n_walks;

static void
walk (const guint *path,
      guint        n_people)
{
  g_autoptr (AhoyCallData) call = make_call (n_people);
  Seen seen = { { 0 } };

  {
    g_autoptr (GArray) effects = ahoy_effects_new ();

    ahoy_call_logic_start (call, 1000, effects);
    count_effects (call, effects, &seen);
    check_invariants (call, &seen, 1, 0);
  }

  for (guint i = 0; i < DEPTH; i++)
    {
      const Step *step = &steps[path[i]];
      g_autoptr (GArray) effects = ahoy_effects_new ();
      gint64 old_ver = call->ver;
      AhoyCallEvent event = {
        .type = step->type,
        .user = step->user,
        .device = step->device,
        .now_ms = 2000 + i * 1000,
        .reason = step->type == AHOY_EVENT_CANCEL ? AHOY_REASON_CANCELED
                  : step->type == AHOY_EVENT_REJECT ? AHOY_REASON_REJECT : AHOY_REASON_HANGUP,
        .deadline_ms = 3000 + i * 1000,
      };
      int code = ahoy_call_logic_apply (call, &event, effects);

      if (code != 0)
        g_assert_cmpuint (effects->len, ==, 0);
      count_effects (call, effects, &seen);
      check_invariants (call, &seen, effects->len, old_ver);
    }
  /* Slow, so only some of the ways; the number has no divisor in common with the steps. */
  if (n_walks++ % 97 == 0)
    check_text (call);
}

static void
test_every_order (gconstpointer data)
{
  guint path[DEPTH] = { 0 };
  guint at = 0;

  while (at < DEPTH)
    {
      walk (path, GPOINTER_TO_UINT (data));
      for (at = 0; at < DEPTH && ++path[at] == G_N_ELEMENTS (steps); at++)
        path[at] = 0;
    }
}

static void
test_all_busy (void)
{
  g_autoptr (AhoyCallData) call = make_call (2);
  g_autoptr (GArray) effects = ahoy_effects_new ();
  AhoyMember *bob = ahoy_call_data_find (call, "bob");
  Seen seen = { { 0 } };

  bob->status = AHOY_MEMBER_LEFT;
  bob->reason = AHOY_REASON_BUSY;
  ahoy_call_logic_start (call, 1000, effects);
  count_effects (call, effects, &seen);
  g_assert_cmpint (call->phase, ==, AHOY_PHASE_ENDED);
  g_assert_cmpint (call->reason, ==, AHOY_REASON_BUSY);
  g_assert_cmpstr (call->ended_by, ==, "bob");
  g_assert_cmpuint (seen.n_records[1], ==, 1);
  /* The busy one is not disturbed. */
  g_assert_cmpuint (seen.n_ended[1], ==, 0);
  g_assert_cmpuint (seen.n_ended[0], ==, 1);
}

/* An hour is put on the clock, or taken off: who rings rings on, and who talks has talked as long. */
static void
test_clock_set (void)
{
  static const gint64 jumps_ms[] = { 3600 * 1000, -3600 * 1000 };

  for (guint i = 0; i < G_N_ELEMENTS (jumps_ms); i++)
    {
      g_autoptr (AhoyCallData) call = make_call (2);
      g_autoptr (GArray) effects = ahoy_effects_new ();
      AhoyCallEvent event = { .type = AHOY_EVENT_TIME };
      AhoyMember *bob = ahoy_call_data_find (call, "bob");
      gint64 left_ms;

      ahoy_call_logic_start (call, 1000, effects);
      left_ms = ahoy_call_logic_deadline (call) - 2000;
      ahoy_call_logic_shift (call, jumps_ms[i]);
      event.now_ms = 2000 + jumps_ms[i];
      g_assert_cmpint (ahoy_call_logic_deadline (call) - event.now_ms, ==, left_ms);
      g_assert_cmpint (ahoy_call_logic_apply (call, &event, effects), ==, 0);
      g_assert_cmpint (call->phase, ==, AHOY_PHASE_RINGING);
      g_assert_cmpint (bob->joined_ms, ==, 0);

      event = (AhoyCallEvent) { .type = AHOY_EVENT_ACCEPT, .user = "bob", .device = "b1", .now_ms = 3000 + jumps_ms[i] };
      g_assert_cmpint (ahoy_call_logic_apply (call, &event, effects), ==, 0);
      ahoy_call_logic_shift (call, -jumps_ms[i]);
      g_assert_cmpint (call->started_ms, ==, 3000);
      g_assert_cmpint (bob->joined_ms, ==, 3000);
      /* What came first still does. */
      g_assert_cmpint (call->created_ms, <=, call->started_ms);
      g_assert_cmpint (bob->begun_ms, <=, bob->joined_ms);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/server/call-logic/every-order-of-two", GUINT_TO_POINTER (2), test_every_order);
  g_test_add_data_func ("/server/call-logic/every-order-of-three", GUINT_TO_POINTER (3), test_every_order);
  g_test_add_func ("/server/call-logic/clock-set", test_clock_set);
  g_test_add_func ("/server/call-logic/all-busy", test_all_busy);

  return g_test_run ();
}
