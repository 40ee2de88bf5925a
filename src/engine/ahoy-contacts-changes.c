/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-contacts-private.h"

#include "ahoy-error.h"
#include "ahoy-user-sig.h"

/* What a person does to contacts. The list changes at once, and back when the server refuses. */

/* What a contact was before a change that may be refused. */
typedef struct
{
  AhoyUser *user; /* (owned) */
  char *remark;   /* (owned) (nullable) */
  gboolean was_contact;
  gboolean was_favourite;
} Former;

static void
former_free (Former *former)
{
  g_object_unref (former->user);
  g_free (former->remark);
  g_free (former);
}

static Former *
former_new (AhoyUser *user)
{
  Former *former = g_new0 (Former, 1);

  former->user = g_object_ref (user);
  former->remark = g_strdup (ahoy_user_get_remark (user));
  former->was_contact = ahoy_user_get_is_contact (user);
  former->was_favourite = ahoy_user_get_is_favourite (user);
  return former;
}

static void
on_change_answered (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer = ahoy_session_request_finish (AHOY_SESSION (object), result, &error);
  AhoyContacts *self = g_task_get_source_object (task);
  Former *former = g_task_get_task_data (task);

  if (answer)
    {
      ahoy_contacts_store_later (self);
      g_task_return_boolean (task, TRUE);
      return;
    }

  if (former->was_contact)
    {
      ahoy_user_set_contact (former->user, TRUE, former->remark, former->was_favourite);
      ahoy_contacts_add_user (self, former->user);
    }
  else
    ahoy_contacts_remove_user (self, former->user);
  g_task_return_error (task, g_steal_pointer (&error));
}

/* NULL when the task has been answered already. */
static AhoyUser *
begin_change (AhoyContacts *self,
              const char   *user_id,
              GTask        *task)
{
  AhoyUser *user;

  if (!ahoy_contacts_is_open (self) || !ahoy_session_is_started (ahoy_contacts_get_session (self)))
    {
      g_task_return_new_error (task, AHOY_ERROR, AHOY_ERROR_INIT_FAILED, "Not signed in");
      return NULL;
    }
  if (!user_id || !ahoy_user_id_is_valid (user_id) ||
      g_strcmp0 (user_id, ahoy_session_get_user_id (ahoy_contacts_get_session (self))) == 0)
    {
      g_task_return_new_error (task, AHOY_ERROR, AHOY_ERROR_PARAM_INVALID, "Not the id of another person");
      return NULL;
    }

  user = ahoy_people_get (ahoy_contacts_get_people (self), user_id);
  g_task_set_task_data (task, former_new (user), (GDestroyNotify) former_free);
  return user;
}

/**
 * ahoy_contacts_set_async:
 * @self: the contacts
 * @user_id: id of the person; added when not a contact yet
 * @remark: (nullable): own name for the person, at most 500 bytes, or %NULL to leave it
 * @favourite: 1 or 0, or -1 to leave it
 * @cancellable: (nullable): a #GCancellable
 * @callback: (scope async): called when the server has answered
 * @user_data: for @callback
 *
 * Adds or changes a contact. The list shows it at once and takes it back when the server refuses. The task fails with
 * -1201 when nobody is signed in, with -1202 for an id that is none, the own one, a remark that is too long, and more
 * than 2000 contacts, and with -1406 when the server is not reached.
 */
void
ahoy_contacts_set_async (AhoyContacts        *self,
                         const char          *user_id,
                         const char          *remark,
                         int                  favourite,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (JsonObject) data = json_object_new ();
  AhoyUser *user;

  g_return_if_fail (AHOY_IS_CONTACTS (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, ahoy_contacts_set_async);
  user = begin_change (self, user_id, task);
  if (!user)
    return;

  json_object_set_string_member (data, "user", user_id);
  if (remark)
    json_object_set_string_member (data, "remark", remark);
  if (favourite >= 0)
    json_object_set_boolean_member (data, "favourite", favourite > 0);
  ahoy_user_set_contact (user, TRUE, remark ? remark : ahoy_user_get_remark (user),
                         favourite >= 0 ? favourite > 0 : ahoy_user_get_is_favourite (user));
  ahoy_contacts_add_user (self, user);
  ahoy_session_request_async (ahoy_contacts_get_session (self), "contacts.set", data, NULL, on_change_answered,
                              g_steal_pointer (&task));
}

/**
 * ahoy_contacts_set_finish:
 * @self: the contacts
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Errors: `AHOY_ERROR`, -1202 for an id that is none, -1406 when the server is not reached.
 *
 * Returns: whether the server keeps it
 */
gboolean
ahoy_contacts_set_finish (AhoyContacts  *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * ahoy_contacts_remove_async:
 * @self: the contacts
 * @user_id: id of the person
 * @cancellable: (nullable): a #GCancellable
 * @callback: (scope async): called when the server has answered
 * @user_data: for @callback
 *
 * Removes a contact, at once; it comes back when the server refuses. The task fails with -1201 when nobody is signed
 * in, with -1202 for an id that is none, and with -1406 when the server is not reached.
 */
void
ahoy_contacts_remove_async (AhoyContacts        *self,
                            const char          *user_id,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (JsonObject) data = json_object_new ();
  AhoyUser *user;

  g_return_if_fail (AHOY_IS_CONTACTS (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, ahoy_contacts_remove_async);
  user = begin_change (self, user_id, task);
  if (!user)
    return;

  json_object_set_string_member (data, "user", user_id);
  ahoy_contacts_remove_user (self, user);
  ahoy_session_request_async (ahoy_contacts_get_session (self), "contacts.remove", data, NULL, on_change_answered,
                              g_steal_pointer (&task));
}

/**
 * ahoy_contacts_remove_finish:
 * @self: the contacts
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: whether the server has removed it
 */
gboolean
ahoy_contacts_remove_finish (AhoyContacts  *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
