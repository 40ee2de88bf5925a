/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-device-id.h"

static gboolean
is_valid (const char *id)
{
  return id && g_uuid_string_is_valid (id);
}

static void
load_in_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "ahoy", NULL);
  g_autofree char *path = g_build_filename (folder, "device-id", NULL);
  g_autofree char *id = NULL;
  g_autoptr (GError) error = NULL;

  if (g_file_get_contents (path, &id, NULL, NULL) && is_valid (g_strstrip (id)))
    {
      g_task_return_pointer (task, g_steal_pointer (&id), g_free);
      return;
    }

  g_free (id);
  id = g_uuid_string_random ();
  g_mkdir_with_parents (folder, 0700);
  if (!g_file_set_contents_full (path, id, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error))
    g_debug ("The name of this device is not kept: %s", error->message);
  g_task_return_pointer (task, g_steal_pointer (&id), g_free);
}

void
ahoy_device_id_load_async (GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, ahoy_device_id_load_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_run_in_thread (task, load_in_thread);
}

char *
ahoy_device_id_load_finish (GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), NULL);
}
