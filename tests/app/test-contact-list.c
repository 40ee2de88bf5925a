/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-contact-list.h"
#include "ahoy-section.h"
#include "ahoy-test-wait.h"
#include "ahoy-user-private.h"

#include <locale.h>

static AhoyUser *
add (GListStore *store,
     const char *id,
     const char *name,
     gboolean    is_favourite)
{
  g_autoptr (AhoyUser) user = ahoy_user_new (id);

  ahoy_user_set_contact (user, TRUE, name, is_favourite);
  g_list_store_append (store, user);
  return user;
}

/* "[A] Ada, Alan; [B] Bo" */
static char *
dup_text (AhoyContactList *list)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (list), i);

      if (AHOY_IS_SECTION (item))
        g_string_append_printf (text, "[%s]", ahoy_section_get_title (AHOY_SECTION (item)));
      else
        g_string_append_printf (text, " %s", ahoy_user_get_display_name (AHOY_USER (item)));
    }

  return g_string_free (text, FALSE);
}

static void
check (AhoyContactList *list,
       const char      *expected)
{
  g_autofree char *text = NULL;

  ahoy_contact_list_flush (list);
  text = dup_text (list);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_sections (void)
{
  g_autoptr (GListStore) store = g_list_store_new (AHOY_TYPE_USER);
  g_autoptr (AhoyContactList) list = ahoy_contact_list_new (G_LIST_MODEL (store));

  check (list, "");
  add (store, "zoe", "zoë", FALSE);
  add (store, "bo", "Bo", FALSE);
  add (store, "alan", "Alan", FALSE);
  add (store, "ada", "ada", FALSE);
  add (store, "emil", "Émilie", FALSE);
  add (store, "seven", "7 of 9", FALSE);
  add (store, "grace", "Grace", TRUE);
  check (list, "[Favourites] Grace[A] ada Alan[B] Bo[E] Émilie[Z] zoë[#] 7 of 9");
  g_assert_cmpuint (ahoy_contact_list_get_people (list), ==, 7);

  g_list_store_remove (store, 1);
  check (list, "[Favourites] Grace[A] ada Alan[E] Émilie[Z] zoë[#] 7 of 9");
}

static void
test_changes (void)
{
  g_autoptr (GListStore) store = g_list_store_new (AHOY_TYPE_USER);
  g_autoptr (AhoyContactList) list = ahoy_contact_list_new (G_LIST_MODEL (store));
  AhoyUser *ada = add (store, "ada", "Ada", FALSE);

  add (store, "bo", "Bo", FALSE);
  check (list, "[A] Ada[B] Bo");
  ahoy_user_set_contact (ada, TRUE, "Countess", FALSE);
  check (list, "[B] Bo[C] Countess");
  ahoy_user_set_contact (ada, TRUE, "Countess", TRUE);
  check (list, "[Favourites] Countess[B] Bo");

  g_list_store_remove_all (store);
  check (list, "");
}

static void
test_search (void)
{
  g_autoptr (GListStore) store = g_list_store_new (AHOY_TYPE_USER);
  g_autoptr (AhoyContactList) list = ahoy_contact_list_new (G_LIST_MODEL (store));

  add (store, "zoe_77", "Zoë", FALSE);
  add (store, "ada", "Ada Lovelace", TRUE);
  add (store, "alan", "Alan", FALSE);

  ahoy_contact_list_set_search (list, "zoe");
  check (list, "[People] Zoë");
  ahoy_contact_list_set_search (list, "  LOVE ");
  check (list, "[People] Ada Lovelace");
  ahoy_contact_list_set_search (list, "_77");
  check (list, "[People] Zoë");
  ahoy_contact_list_set_search (list, "a");
  check (list, "[People] Ada Lovelace Alan");
  ahoy_contact_list_set_search (list, "nobody");
  check (list, "");
  g_assert_cmpuint (ahoy_contact_list_get_people (list), ==, 0);
  ahoy_contact_list_set_search (list, NULL);
  check (list, "[Favourites] Ada Lovelace[A] Alan[Z] Zoë");
}

/* What the list says has changed is checked by a second list that follows only that. */
static void
follow (GListModel *model,
        guint       position,
        guint       removed,
        guint       added,
        GPtrArray  *shadow)
{
  if (removed > 0)
    g_ptr_array_remove_range (shadow, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (shadow, (int) (position + i), g_list_model_get_item (model, position + i));
}

static void
test_signals (void)
{
  g_autoptr (GListStore) store = g_list_store_new (AHOY_TYPE_USER);
  g_autoptr (AhoyContactList) list = ahoy_contact_list_new (G_LIST_MODEL (store));
  g_autoptr (GPtrArray) shadow = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  g_signal_connect (list, "items-changed", G_CALLBACK (follow), shadow);
  for (guint step = 0; step < 400; step++)
    {
      g_autofree char *id = g_strdup_printf ("u%u", step);
      g_autofree char *name = g_strdup_printf ("%c%u", 'A' + g_rand_int_range (rand, 0, 26), step);
      guint count = g_list_model_get_n_items (G_LIST_MODEL (store));

      switch (g_rand_int_range (rand, 0, count > 5 ? 4 : 1))
        {
        case 0:
          add (store, id, name, g_rand_boolean (rand));
          break;
        case 1:
          g_list_store_remove (store, (guint) g_rand_int_range (rand, 0, (int) count));
          break;
        case 2:
          {
            g_autoptr (AhoyUser) user = g_list_model_get_item (G_LIST_MODEL (store), count / 2);

            ahoy_user_set_contact (user, TRUE, name, g_rand_boolean (rand));
            break;
          }
        default:
          ahoy_contact_list_set_search (list, g_rand_boolean (rand) ? "A" : NULL);
          break;
        }

      ahoy_contact_list_flush (list);
      g_assert_cmpuint (shadow->len, ==, g_list_model_get_n_items (G_LIST_MODEL (list)));
      for (guint i = 0; i < shadow->len; i++)
        {
          g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (list), i);

          g_assert_true (item == shadow->pdata[i]);
        }
    }
  g_signal_handlers_disconnect_by_data (list, shadow);
}

static void
test_many (void)
{
  g_autoptr (GListStore) store = g_list_store_new (AHOY_TYPE_USER);
  g_autoptr (AhoyContactList) list = ahoy_contact_list_new (G_LIST_MODEL (store));
  gint64 start, took;

  for (guint i = 0; i < 2000; i++)
    {
      g_autofree char *id = g_strdup_printf ("user-%u", i);
      g_autofree char *name = g_strdup_printf ("%c Person %u", 'A' + i % 26, (i * 7919) % 2000);

      add (store, id, name, i % 100 == 0);
    }
  ahoy_contact_list_flush (list);

  start = g_get_monotonic_time ();
  ahoy_contact_list_set_search (list, "person 19");
  ahoy_contact_list_set_search (list, NULL);
  took = g_get_monotonic_time () - start;
  g_test_message ("2,000 people searched and sorted in %" G_GINT64_FORMAT " µs", took);
  g_assert_cmpuint (ahoy_contact_list_get_people (list), ==, 2000);
  /* A key press has to show on the next frame or two, also on a slow and busy machine. */
  g_assert_cmpint (took, <, (gint64) (ahoy_test_patience () * 400 * 1000));
}

static void
test_released (void)
{
  GListStore *store = g_list_store_new (AHOY_TYPE_USER);
  AhoyContactList *list = ahoy_contact_list_new (G_LIST_MODEL (store));
  AhoyUser *ada = add (store, "ada", "Ada", FALSE);

  g_object_ref (ada);
  g_assert_finalize_object (list);
  ahoy_user_set_contact (ada, TRUE, "Other", TRUE);
  g_assert_finalize_object (store);
  g_assert_finalize_object (ada);
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/contact-list/sections", test_sections);
  g_test_add_func ("/contact-list/changes", test_changes);
  g_test_add_func ("/contact-list/search", test_search);
  g_test_add_func ("/contact-list/signals", test_signals);
  g_test_add_func ("/contact-list/many", test_many);
  g_test_add_func ("/contact-list/released", test_released);

  return g_test_run ();
}
