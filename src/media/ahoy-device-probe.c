/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-device-probe.h"

static void
probe_in_thread (GTask        *task,
                 gpointer      source_object,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  GstElement *element = task_data;
  gboolean opened = gst_element_set_state (element, GST_STATE_READY) != GST_STATE_CHANGE_FAILURE;

  gst_element_set_state (element, GST_STATE_NULL);
  if (opened)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_new_error (task, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_OPEN_READ_WRITE, "The device does not open");
}

void
ahoy_device_probe_async (const char          *factory,
                         const char          *device,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  GstElement *element = gst_element_factory_make (factory, NULL);

  g_task_set_source_tag (task, ahoy_device_probe_async);
  if (element == NULL)
    {
      g_task_return_new_error (task, GST_CORE_ERROR, GST_CORE_ERROR_MISSING_PLUGIN, "There is no element %s", factory);
      return;
    }

  g_object_set (element, "device", device, NULL);
  g_task_set_task_data (task, gst_object_ref_sink (element), gst_object_unref);
  g_task_run_in_thread (task, probe_in_thread);
}

gboolean
ahoy_device_probe_finish (GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
