/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-contacts-fetch.h"

#include "ahoy-items.h"
#include "ahoy-limits.h"

/* Whoever changes the list all the time gets what there is: the next push says that it has changed. */
#define MAX_RESTARTS 5

typedef struct
{
  JsonArray *contacts; /* (owned), of the pages so far */
  gint64 version;      /* of the first page */
  guint restarts;
} Fetch;

static void
fetch_free (Fetch *fetch)
{
  json_array_unref (fetch->contacts);
  g_free (fetch);
}

static void on_page (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data);

static void
request_page (GTask      *task,
              const char *after)
{
  g_autoptr (JsonObject) data = json_object_new ();

  if (after)
    json_object_set_string_member (data, "after", after);
  ahoy_session_request_async (g_task_get_source_object (task), "contacts.list", data, g_task_get_cancellable (task),
                              on_page, g_object_ref (task));
}

static void
start_over (Fetch *fetch)
{
  json_array_unref (fetch->contacts);
  fetch->contacts = json_array_new ();
}

/* Returns how many there were. */
static guint
keep_page (Fetch     *fetch,
           JsonArray *page)
{
  guint n = ahoy_items_length (page);

  for (guint i = 0; i < n && json_array_get_length (fetch->contacts) < AHOY_MAX_CONTACTS; i++)
    {
      JsonObject *contact = ahoy_items_object (page, i);

      if (contact)
        json_array_add_object_element (fetch->contacts, json_object_ref (contact));
    }
  return n;
}

static void
return_list (GTask *task,
             Fetch *fetch)
{
  JsonObject *list = json_object_new ();

  json_object_set_int_member (list, "version", fetch->version);
  json_object_set_array_member (list, "contacts", json_array_ref (fetch->contacts));
  g_task_return_pointer (task, list, (GDestroyNotify) json_object_unref);
}

static void
on_page (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer = ahoy_session_request_finish (AHOY_SESSION (object), result, &error);
  Fetch *fetch = g_task_get_task_data (task);
  const char *next;
  gint64 version;
  guint n;

  if (!answer)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  version = ahoy_json_get_int (answer, "version", 0);
  if (json_array_get_length (fetch->contacts) == 0)
    fetch->version = version;
  if (version != fetch->version && fetch->restarts < MAX_RESTARTS)
    {
      /* Pages of two versions would miss somebody, or have somebody who was removed. */
      fetch->restarts++;
      start_over (fetch);
      request_page (task, NULL);
      return;
    }

  n = keep_page (fetch, ahoy_json_get_array (answer, "contacts"));
  next = ahoy_json_get_string (answer, "next", AHOY_MAX_USER_ID);
  if (n > 0 && next && *next && json_array_get_length (fetch->contacts) < AHOY_MAX_CONTACTS)
    request_page (task, next);
  else
    return_list (task, fetch);
}

void
ahoy_contacts_fetch_async (AhoySession         *session,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (session, cancellable, callback, user_data);
  Fetch *fetch = g_new0 (Fetch, 1);

  g_task_set_source_tag (task, ahoy_contacts_fetch_async);
  fetch->contacts = json_array_new ();
  g_task_set_task_data (task, fetch, (GDestroyNotify) fetch_free);
  request_page (task, NULL);
}

JsonObject *
ahoy_contacts_fetch_finish (AhoySession   *session,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, session), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
