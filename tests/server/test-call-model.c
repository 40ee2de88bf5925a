/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-call-json.h"
#include "ahoy-json.h"
#include "ahoy-limits.h"
#include "ahoy-protocol-tables.h"

/*
 * Long random lives of calls of many people, each from a seed, so that one that fails can be
 * lived again. A model beside the rules notes what everybody was told, and what must hold holds
 * after every event. Every now and then the call goes through the store, as in a restart.
 */

#define N_USERS 48
#define N_SEEDS 200
#define N_EVENTS 400
/* What a full frame has room for besides the call */
#define MAX_WIRE (AHOY_WIRE_MAX_FRAME - 2048)

typedef struct
{
  char user[8];
  AhoyMemberStatus status; /* as after the last event */
  gboolean was_told;       /* of the call, as one who rings or is in it */
  gboolean is_running;     /* other devices believe that it runs on one */
  gint64 entry;
  gint64 since_ms;         /* of the present stay */
  gint64 talked_ms;
  guint n_stays;
  guint n_left;            /* how often it was over */
  guint n_ended;
  guint n_records;
} Person;

typedef struct
{
  GRand *random;
  AhoyCallData *call;
  Person people[N_USERS];
  gint64 now_ms;
  gint64 ver;
  gint64 last_entry;
  gint64 started_ms;
  gboolean was_ended;
  gboolean has_names; /* long ones, for the size of frames */
} World;

static guint n_calls;
static guint n_full;
static guint n_rejoined;
static guint n_moved;

static const char *
get_device (World *world,
            Person *person)
{
  static const char *const devices[] = { "desk", "phone" };

  return devices[g_rand_int_range (world->random, 0, 2)];
}

static Person *
get_person (World      *world,
            const char *user)
{
  return &world->people[g_ascii_strtoull (user + 1, NULL, 10)];
}

static Person *
pick (World *world)
{
  /* Most of the time one of the first, so that the same ones come back. */
  return &world->people[g_rand_int_range (world->random, 0, g_rand_int_range (world->random, 0, 4) ? 14 : N_USERS)];
}

static AhoyInvitee
make_invitee (World  *world,
              Person *person)
{
  static char name[AHOY_MAX_NICKNAME + 1];
  int luck = g_rand_int_range (world->random, 0, 20);
  AhoyInvitee invitee = { person->user, "", "", AHOY_REASON_NONE };

  /* Quotes take twice their length on the wire. */
  memset (name, '"', AHOY_MAX_NICKNAME);
  if (world->has_names)
    invitee.nickname = invitee.avatar = name;
  if (luck < 2)
    invitee.reason = luck == 0 ? AHOY_REASON_BUSY : AHOY_REASON_REJECT;

  return invitee;
}

static void
begin (World *world)
{
  AhoyInvitee invitee;
  guint n = (guint) g_rand_int_range (world->random, 1, AHOY_MAX_PEOPLE);

  memset (world->people, 0, sizeof world->people);
  for (int i = 0; i < N_USERS; i++)
    {
      g_snprintf (world->people[i].user, sizeof world->people[i].user, "u%d", i);
      world->people[i].status = AHOY_MEMBER_LEFT;
    }
  world->call = ahoy_call_data_new ("6c84fb90-12c4-11e1-840d-7b25c5ee775a", 1400000001, "u0");
  world->call->media = g_strdup ("audio");
  world->call->group = g_strdup (g_rand_int_range (world->random, 0, 4) ? "" : "group");
  world->call->room = g_strdup ("");
  world->call->user_data = g_strdup ("");
  world->call->is_multi = n > 1;
  ahoy_call_data_begin (world->call, "desk", "", "", world->now_ms);
  for (guint i = 1; i <= n; i++)
    {
      invitee = make_invitee (world, &world->people[i]);
      ahoy_call_data_invite (world->call, &invitee, "u0", world->now_ms, world->now_ms + 30000);
    }
  for (guint i = 1; i < world->call->members->len; i++)
    {
      const AhoyMember *member = g_ptr_array_index (world->call->members, i);

      get_person (world, member->user)->status = member->status;
    }
  world->people[0].status = AHOY_MEMBER_ACCEPTED;
  world->people[0].was_told = TRUE;
  world->people[0].since_ms = world->now_ms;
  world->people[0].n_stays = 1;
  world->people[0].entry = 1;
  world->ver = 0;
  world->last_entry = 1;
  world->started_ms = 0;
  world->was_ended = FALSE;
  n_calls++;
}

/* The model follows what the effects say, and what a look at the members says. */
static void
note_effect (World            *world,
             const AhoyEffect *effect)
{
  Person *person;

  if (!effect->member)
    return;

  person = get_person (world, effect->member->user);
  g_assert_true (ahoy_call_data_find (world->call, person->user) == effect->member);
  switch (effect->type)
    {
    case AHOY_EFFECT_INCOMING:
      person->was_told = TRUE;
      break;
    case AHOY_EFFECT_RECORD:
      person->n_records++;
      break;
    case AHOY_EFFECT_ENDED:
      person->n_ended++;
      g_assert_cmpint (effect->reason, !=, AHOY_REASON_NONE);
      break;
    case AHOY_EFFECT_RUNS:
      person->is_running = TRUE;
      break;
    case AHOY_EFFECT_OVER:
      g_assert_true (person->is_running);
      person->is_running = FALSE;
      break;
    case AHOY_EFFECT_MOVED:
      g_assert_cmpstr (effect->device, !=, effect->member->device);
      n_moved++;
      break;
    case AHOY_EFFECT_STATE:
    case AHOY_EFFECT_TAKEN:
    default:
      break;
    }
}

static void
note_status (World            *world,
             const AhoyMember *member)
{
  Person *person = get_person (world, member->user);
  gboolean was_in = person->status == AHOY_MEMBER_ACCEPTED || person->status == AHOY_MEMBER_LOST;
  gboolean is_in = ahoy_member_is_in (member);

  if (is_in && !was_in)
    {
      person->since_ms = world->now_ms;
      person->was_told = TRUE;
      if (person->n_stays++ > 0)
        n_rejoined++;
    }
  if (was_in && !is_in && world->started_ms != 0)
    person->talked_ms += world->now_ms - MAX (world->started_ms, person->since_ms);
  if (person->status != AHOY_MEMBER_LEFT && member->status == AHOY_MEMBER_LEFT)
    person->n_left++;

  /* Entries: a new number for each way in, bigger than all before, none outside. */
  g_assert_cmpint (member->entry > 0, ==, is_in);
  if (is_in && member->entry != person->entry)
    {
      g_assert_cmpint (member->entry, >, world->last_entry);
      g_assert_cmpint (member->entry, <=, world->call->last_entry);
    }
  person->entry = member->entry;
  person->status = member->status;
}

static void
check_member (World            *world,
              const AhoyMember *member)
{
  Person *person = get_person (world, member->user);
  gboolean is_over = member->status == AHOY_MEMBER_LEFT;

  if (ahoy_member_is_in (member))
    g_assert_true (g_str_equal (member->device, "desk") || g_str_equal (member->device, "phone"));
  else if (ahoy_member_is_waiting (member))
    g_assert_cmpstr (member->device, ==, "");
  g_assert_cmpint (ahoy_member_is_waiting (member), <=, member->deadline_ms > 0);
  g_assert_cmpint (member->reason != AHOY_REASON_NONE, ==, is_over);
  g_assert_false (!ahoy_member_is_in (member) && (member->camera || member->microphone || member->screen));
  g_assert_cmpint (person->is_running, ==, ahoy_member_is_in (member) && world->call->started_ms != 0);

  /* One end for each time that it was over, one line of the history once it was, and none for whoever was
   * told nothing. */
  g_assert_cmpuint (person->n_ended, ==, person->n_left);
  g_assert_cmpuint (person->n_records, >=, person->n_left);
  g_assert_cmpint (member->is_hidden, ==, !person->was_told && person->n_records == 0);
  g_assert_cmpint (is_over && !member->is_hidden, <=, person->n_records > 0);
  if (is_over)
    g_assert_cmpint (member->talked_ms, ==, person->talked_ms);
  if (is_over && person->n_records > 0)
    {
      g_assert_cmpint (member->record_reason, !=, AHOY_REASON_NONE);
      g_assert_cmpint (person->n_stays > 0, <=, ahoy_call_get_result (world->call, member) != 1);
    }
}

static void
check_entries (const AhoyCallData *call)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < call->members->len; i++)
    {
      const AhoyMember *member = g_ptr_array_index (call->members, i);

      if (member->entry > 0)
        g_assert_true (g_hash_table_add (seen, GSIZE_TO_POINTER ((gsize) member->entry)));
    }
}

static void
check_call (World  *world,
            GArray *effects)
{
  AhoyCallData *call = world->call;
  guint n_in = ahoy_call_data_count_in (call);
  guint n_waiting = ahoy_call_data_count_waiting (call);

  g_assert_cmpuint (call->members->len, <=, AHOY_MAX_MEMBERS);
  g_assert_cmpstr (((AhoyMember *) g_ptr_array_index (call->members, 0))->user, ==, "u0");
  g_assert_cmpint (call->ver, ==, world->ver + (effects->len > 0 ? 1 : 0));
  g_assert_cmpuint (n_in + n_waiting, <=, AHOY_MAX_PEOPLE);
  n_full += n_in + n_waiting == AHOY_MAX_PEOPLE ? 1 : 0;
  if (ahoy_call_data_is_single (call))
    g_assert_cmpuint (call->members->len, ==, 2);

  if (call->phase == AHOY_PHASE_ENDED)
    {
      g_assert_cmpuint (n_in + n_waiting, ==, 0);
      g_assert_cmpint (ahoy_call_logic_deadline (call), ==, 0);
      g_assert_cmpint (call->reason, !=, AHOY_REASON_NONE);
    }
  else
    {
      g_assert_cmpuint (n_in, >=, 1);
      g_assert_cmpuint (n_in + n_waiting, >=, 2);
      g_assert_cmpint (call->phase == AHOY_PHASE_ACTIVE, ==, call->started_ms != 0);
    }
  if (world->was_ended)
    g_assert_cmpuint (effects->len, ==, 0);
}

static void
look (World  *world,
      GArray *effects)
{
  AhoyCallData *call = world->call;

  for (guint i = 0; i < effects->len; i++)
    note_effect (world, &g_array_index (effects, AhoyEffect, i));
  world->started_ms = call->started_ms;
  for (guint i = 0; i < call->members->len; i++)
    note_status (world, g_ptr_array_index (call->members, i));
  for (guint i = 0; i < call->members->len; i++)
    check_member (world, g_ptr_array_index (call->members, i));
  check_entries (call);
  check_call (world, effects);
  g_assert_cmpint (call->last_entry, >=, world->last_entry);
  world->last_entry = call->last_entry;
  world->ver = call->ver;
  world->was_ended = call->phase == AHOY_PHASE_ENDED;
}

/* Whoever was forgotten is a stranger who may come again. */
static void
follow_forgotten (World *world)
{
  for (int i = 0; i < N_USERS; i++)
    {
      Person *person = &world->people[i];

      if (ahoy_call_data_find (world->call, person->user))
        continue;

      g_assert_cmpint (person->status, ==, AHOY_MEMBER_LEFT);
      person->was_told = FALSE;
      person->n_stays = 0;
      person->n_left = 0;
      person->n_ended = 0;
      person->n_records = 0;
      person->talked_ms = 0;
      person->entry = 0;
    }
}

static void
restart (World *world)
{
  g_autofree char *text = ahoy_call_to_text (world->call);
  AhoyCallData *copy = ahoy_call_from_text (text);
  g_autofree char *again = ahoy_call_to_text (copy);
  g_autoptr (JsonObject) wire = ahoy_call_to_wire (copy, NULL);
  g_autofree char *wire_text = ahoy_json_to_text (wire);

  g_assert_cmpstr (again, ==, text);
  g_assert_cmpuint (strlen (wire_text), <, MAX_WIRE);
  ahoy_call_data_free (world->call);
  world->call = copy;
}

static const struct
{
  AhoyCallEventType type;
  int weight;
} weights[] = {
  { AHOY_EVENT_RINGING, 4 }, { AHOY_EVENT_ACCEPT, 14 }, { AHOY_EVENT_REJECT, 5 }, { AHOY_EVENT_CANCEL, 1 },
  { AHOY_EVENT_UNINVITE, 3 }, { AHOY_EVENT_HANGUP, 8 }, { AHOY_EVENT_MEDIA, 6 }, { AHOY_EVENT_ADD, 5 },
  { AHOY_EVENT_JOIN, 6 }, { AHOY_EVENT_SWITCH, 2 }, { AHOY_EVENT_MOVE, 4 }, { AHOY_EVENT_LOST, 4 },
  { AHOY_EVENT_BACK, 6 }, { AHOY_EVENT_TIME, 3 },
};

static AhoyCallEventType
pick_type (World *world)
{
  int sum = 0;
  int at;

  for (guint i = 0; i < G_N_ELEMENTS (weights); i++)
    sum += weights[i].weight;
  at = g_rand_int_range (world->random, 0, sum);
  for (guint i = 0; i < G_N_ELEMENTS (weights); i++)
    {
      at -= weights[i].weight;
      if (at < 0)
        return weights[i].type;
    }

  g_assert_not_reached ();
}

/* What is certain of the answer, whatever the rest of the call is like. */
static void
check_code (World               *world,
            const AhoyCallEvent *event,
            AhoyMemberStatus     status,
            const char          *device,
            guint                n_places,
            int                  code)
{
  gboolean is_waiting = status == AHOY_MEMBER_INVITED || status == AHOY_MEMBER_RINGING;
  gboolean is_in = status == AHOY_MEMBER_ACCEPTED || status == AHOY_MEMBER_LOST;
  gboolean is_here = is_in && g_strcmp0 (device, event->device) == 0;

  if (event->type == AHOY_EVENT_ACCEPT)
    g_assert_cmpint (code, ==, is_waiting || is_here ? 0 : AHOY_ERROR_INVITATION_OVER);
  else if (event->type == AHOY_EVENT_HANGUP)
    g_assert_cmpint (code, ==, is_waiting || is_here ? 0 : is_in ? AHOY_ERROR_REQUEST_REFUSED : AHOY_ERROR_INVITATION_OVER);
  else if (event->type == AHOY_EVENT_JOIN && !is_waiting && !is_in && !ahoy_call_data_is_single (world->call))
    g_assert_cmpint (code, ==, n_places == AHOY_MAX_PEOPLE ? AHOY_ERROR_PARAM_INVALID : 0);
  else if (event->type == AHOY_EVENT_ADD && code == 0)
    g_assert_true (is_here);
  else if (event->type == AHOY_EVENT_TIME)
    g_assert_cmpint (code, ==, 0);
}

static void
live (World *world)
{
  g_autoptr (GArray) effects = ahoy_effects_new ();
  g_autoptr (GArray) people = g_array_new (FALSE, FALSE, sizeof (AhoyInvitee));
  AhoyCallEventType type = pick_type (world);
  Person *person = pick (world);
  AhoyMember *member = ahoy_call_data_find (world->call, person->user);
  g_autofree char *device = g_strdup (member ? member->device : "");
  AhoyMemberStatus status = member ? member->status : AHOY_MEMBER_LEFT;
  guint n_places = ahoy_call_data_count_in (world->call) + ahoy_call_data_count_waiting (world->call);
  AhoyCallEvent event = { .type = type, .people = people, .nickname = "", .avatar = "" };
  int code;

  for (int i = g_rand_int_range (world->random, 0, 5); i > 0; i--)
    {
      AhoyInvitee invitee = make_invitee (world, pick (world));

      if (invitee.user != person->user)
        g_array_append_val (people, invitee);
    }
  /* Time that passes unnoticed does not exist: the server looks at the deadlines all the time. */
  world->now_ms += type == AHOY_EVENT_TIME ? g_rand_int_range (world->random, 0, 20000) : 1;
  event.now_ms = world->now_ms;
  event.user = type == AHOY_EVENT_TIME ? NULL : person->user;
  event.device = *device && g_rand_int_range (world->random, 0, 4) ? device : get_device (world, person);
  event.reason = type == AHOY_EVENT_REJECT ? AHOY_REASON_REJECT
                 : type == AHOY_EVENT_CANCEL ? AHOY_REASON_CANCELED : AHOY_REASON_HANGUP;
  event.deadline_ms = world->now_ms + g_rand_int_range (world->random, 1, 60000);
  event.target = pick (world)->user;
  event.media = g_rand_boolean (world->random) ? "audio" : "video";
  event.camera = g_rand_boolean (world->random);
  event.microphone = g_rand_boolean (world->random);

  code = ahoy_call_logic_apply (world->call, &event, effects);
  if (code != 0)
    g_assert_cmpuint (effects->len, ==, 0);
  if (!world->was_ended)
    check_code (world, &event, status, device, n_places, code);
  else
    g_assert_cmpint (code, ==, AHOY_ERROR_INVITATION_OVER);
  follow_forgotten (world);
  look (world, effects);
}

static void
test_lives (void)
{
  for (guint32 seed = 0; seed < N_SEEDS; seed++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (seed);
      World world = { .random = random, .now_ms = 1000, .has_names = seed % 10 == 0 };
      guint n_after = 0;

      g_test_message ("seed %u", seed);
      for (int i = 0; i < N_EVENTS; i++)
        {
          if (!world.call)
            {
              g_autoptr (GArray) effects = ahoy_effects_new ();

              begin (&world);
              ahoy_call_logic_start (world.call, world.now_ms, effects);
              look (&world, effects);
            }
          live (&world);
          if (g_rand_int_range (random, 0, 10) == 0)
            restart (&world);
          /* A while after its end nothing wakes it. */
          n_after = world.was_ended ? n_after + 1 : 0;
          if (n_after == 5)
            g_clear_pointer (&world.call, ahoy_call_data_free);
        }
      g_clear_pointer (&world.call, ahoy_call_data_free);
    }

  /* The lives were interesting. */
  g_test_message ("%u calls, full %u times, %u came back, %u moved", n_calls, n_full, n_rejoined, n_moved);
  g_assert_cmpuint (n_calls, >, N_SEEDS);
  g_assert_cmpuint (n_full, >, 300);
  g_assert_cmpuint (n_rejoined, >, 300);
  g_assert_cmpuint (n_moved, >, 100);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/call-model/lives", test_lives);

  return g_test_run ();
}
