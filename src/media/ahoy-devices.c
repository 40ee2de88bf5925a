/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-device-private.h"

#define N_KINDS 3
#define RETRY_MS 3000

/* The machine's devices, followed through a #GstDeviceMonitor. The monitor says nothing when it cannot reach
 * a sound server, and nothing when one comes later: while there is no sound device it is started again. */
struct _AhoyDevices
{
  GObject parent_instance;

  GListStore *lists[N_KINDS];  /* (owned) of AhoyDevice */
  char *selected[N_KINDS];     /* (owned) (nullable) ids */
  GstDeviceMonitor *monitor;   /* (owned) (nullable), once it runs */
  GCancellable *cancellable;   /* (owned): of a start under way */
  guint watch_id;
  guint retry_source_id;
};

G_DEFINE_FINAL_TYPE (AhoyDevices, ahoy_devices, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_CAMERA,
  PROP_MICROPHONE,
  PROP_SPEAKER,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void start_monitor (AhoyDevices *self);

static gboolean
find_kind (GstDevice      *device,
           AhoyDeviceKind *kind)
{
  if (gst_device_has_classes (device, "Video/Source"))
    *kind = AHOY_DEVICE_CAMERA;
  else if (gst_device_has_classes (device, "Audio/Source"))
    *kind = AHOY_DEVICE_MICROPHONE;
  else if (gst_device_has_classes (device, "Audio/Sink"))
    *kind = AHOY_DEVICE_SPEAKER;
  else
    return FALSE;

  return TRUE;
}

/* Sound devices come from PulseAudio only: with PipeWire each is listed a second time by its own provider,
 * under a number instead of a name. Cameras come from PipeWire only where V4L2 does not show them. */
static char *
find_id (GstDevice      *device,
         AhoyDeviceKind  kind)
{
  g_autoptr (GstElement) element = gst_device_create_element (device, NULL);
  g_autoptr (GstElementFactory) factory = NULL;
  const char *name;
  char *id = NULL;

  if (element == NULL)
    return NULL;

  gst_object_ref_sink (element);
  factory = gst_element_get_factory (element) ? gst_object_ref (gst_element_get_factory (element)) : NULL;
  name = factory ? GST_OBJECT_NAME (factory) : "";
  if (kind != AHOY_DEVICE_CAMERA && !g_str_equal (name, "pulsesrc") && !g_str_equal (name, "pulsesink"))
    return NULL;

  if (g_object_class_find_property (G_OBJECT_GET_CLASS (element), "device"))
    g_object_get (element, "device", &id, NULL);
  if (id == NULL && g_object_class_find_property (G_OBJECT_GET_CLASS (element), "target-object"))
    g_object_get (element, "target-object", &id, NULL);

  return id ? id : gst_device_get_display_name (device);
}

static gboolean
is_monitor (GstStructure *properties_of)
{
  return properties_of && g_strcmp0 (gst_structure_get_string (properties_of, "device.class"), "monitor") == 0;
}

static AhoyDevice *
find_in_list (AhoyDevices    *self,
              AhoyDeviceKind  kind,
              const char     *id,
              guint          *position)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->lists[kind])); i++)
    {
      g_autoptr (AhoyDevice) device = g_list_model_get_item (G_LIST_MODEL (self->lists[kind]), i);

      if (g_strcmp0 (ahoy_device_get_id (device), id) == 0)
        {
          if (position)
            *position = i;
          return device;
        }
    }

  return NULL;
}

/* (transfer full) (nullable): our entry for a device, NULL when it is of no use to us */
static AhoyDevice *
make_entry (GstDevice *device)
{
  g_autoptr (GstStructure) properties_of = gst_device_get_properties (device);
  g_autofree char *id = NULL;
  g_autofree char *name = gst_device_get_display_name (device);
  AhoyDeviceKind kind;
  gboolean is_default = FALSE;

  if (!find_kind (device, &kind) || is_monitor (properties_of))
    return NULL;

  id = find_id (device, kind);
  if (id == NULL)
    return NULL;

  if (properties_of)
    gst_structure_get_boolean (properties_of, "is-default", &is_default);

  return ahoy_device_new (kind, id, name, is_default, device);
}

static void
add_device (AhoyDevices *self,
            GstDevice   *device)
{
  g_autoptr (AhoyDevice) entry = make_entry (device);
  AhoyDeviceKind kind;

  if (entry == NULL)
    return;

  kind = ahoy_device_get_kind (entry);
  if (!find_in_list (self, kind, ahoy_device_get_id (entry), NULL))
    g_list_store_append (self->lists[kind], entry);
}

/* By its id: after a restart of the monitor it is another object. */
static void
remove_device (AhoyDevices *self,
               GstDevice   *device)
{
  g_autoptr (AhoyDevice) entry = make_entry (device);
  guint position;

  if (entry && find_in_list (self, ahoy_device_get_kind (entry), ahoy_device_get_id (entry), &position))
    g_list_store_remove (self->lists[ahoy_device_get_kind (entry)], position);
}

/* What a restarted monitor does not show any more is gone; what stays keeps its entry, and whoever uses it is not
 * disturbed. */
static void
remove_vanished (AhoyDevices *self,
                 GList       *devices)
{
  g_autoptr (GHashTable) present = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (GList *l = devices; l; l = l->next)
    {
      g_autoptr (AhoyDevice) entry = make_entry (l->data);

      if (entry)
        g_hash_table_add (present, g_strdup_printf ("%d %s", ahoy_device_get_kind (entry), ahoy_device_get_id (entry)));
    }

  for (guint kind = 0; kind < N_KINDS; kind++)
    for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->lists[kind])); i > 0; i--)
      {
        g_autoptr (AhoyDevice) entry = g_list_model_get_item (G_LIST_MODEL (self->lists[kind]), i - 1);
        g_autofree char *key = g_strdup_printf ("%d %s", kind, ahoy_device_get_id (entry));

        if (ahoy_device_get_device (entry) && !g_hash_table_contains (present, key))
          g_list_store_remove (self->lists[kind], i - 1);
      }
}

static gboolean
on_monitor_message (GstBus     *bus,
                    GstMessage *message,
                    gpointer    data)
{
  AhoyDevices *self = data;
  g_autoptr (GstDevice) device = NULL;

  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_DEVICE_ADDED)
    {
      gst_message_parse_device_added (message, &device);
      add_device (self, device);
    }
  else if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_DEVICE_REMOVED)
    {
      gst_message_parse_device_removed (message, &device);
      remove_device (self, device);
    }

  return G_SOURCE_CONTINUE;
}

static gboolean
on_retry (gpointer data)
{
  AhoyDevices *self = data;

  self->retry_source_id = 0;
  start_monitor (self);

  return G_SOURCE_REMOVE;
}

static void
stop_monitor (AhoyDevices *self)
{
  g_clear_handle_id (&self->watch_id, g_source_remove);
  if (self->monitor)
    gst_device_monitor_stop (self->monitor);
  gst_clear_object (&self->monitor);
}

static void
on_monitor_started (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  AhoyDevices *self = user_data;
  g_autoptr (GstDeviceMonitor) monitor = g_task_propagate_pointer (G_TASK (result), NULL);
  g_autoptr (GstBus) bus = NULL;
  GList *devices;
  guint n_sound;

  /* NULL: the lists are gone. */
  if (monitor == NULL)
    return;

  stop_monitor (self);
  self->monitor = g_steal_pointer (&monitor);
  bus = gst_device_monitor_get_bus (self->monitor);
  self->watch_id = gst_bus_add_watch (bus, on_monitor_message, self);
  devices = gst_device_monitor_get_devices (self->monitor);
  remove_vanished (self, devices);
  for (GList *l = devices; l; l = l->next)
    add_device (self, l->data);
  g_list_free_full (devices, gst_object_unref);

  n_sound = g_list_model_get_n_items (G_LIST_MODEL (self->lists[AHOY_DEVICE_MICROPHONE])) +
            g_list_model_get_n_items (G_LIST_MODEL (self->lists[AHOY_DEVICE_SPEAKER]));
  if (n_sound == 0 && self->retry_source_id == 0)
    self->retry_source_id = g_timeout_add (RETRY_MS, on_retry, self);
}

static void
stop_and_unref (gpointer data)
{
  gst_device_monitor_stop (data);
  gst_object_unref (data);
}

/* Providers ask their servers and wait for the answer. */
static void
start_in_thread (GTask        *task,
                 gpointer      source_object,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  GstDeviceMonitor *monitor = gst_device_monitor_new ();

  gst_device_monitor_add_filter (monitor, "Audio/Source", NULL);
  gst_device_monitor_add_filter (monitor, "Audio/Sink", NULL);
  gst_device_monitor_add_filter (monitor, "Video/Source", NULL);
  gst_device_monitor_start (monitor);
  g_task_return_pointer (task, monitor, stop_and_unref);
}

static void
start_monitor (AhoyDevices *self)
{
  g_autoptr (GTask) task = g_task_new (NULL, self->cancellable, on_monitor_started, self);

  g_task_set_source_tag (task, start_monitor);
  g_task_run_in_thread (task, start_in_thread);
}

static void
ahoy_devices_dispose (GObject *object)
{
  AhoyDevices *self = AHOY_DEVICES (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->retry_source_id, g_source_remove);
  stop_monitor (self);

  G_OBJECT_CLASS (ahoy_devices_parent_class)->dispose (object);
}

static void
ahoy_devices_finalize (GObject *object)
{
  AhoyDevices *self = AHOY_DEVICES (object);

  for (guint i = 0; i < N_KINDS; i++)
    {
      g_object_unref (self->lists[i]);
      g_free (self->selected[i]);
    }
  g_object_unref (self->cancellable);

  G_OBJECT_CLASS (ahoy_devices_parent_class)->finalize (object);
}

static void
ahoy_devices_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  AhoyDevices *self = AHOY_DEVICES (object);

  if (prop_id < PROP_CAMERA || prop_id >= N_PROPS)
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  else
    g_value_set_string (value, self->selected[prop_id - PROP_CAMERA]);
}

static void
ahoy_devices_set_property (GObject      *object,
                           guint         prop_id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  AhoyDevices *self = AHOY_DEVICES (object);

  if (prop_id < PROP_CAMERA || prop_id >= N_PROPS)
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  else
    ahoy_devices_select (self, prop_id - PROP_CAMERA, g_value_get_string (value));
}

static void
ahoy_devices_class_init (AhoyDevicesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = ahoy_devices_dispose;
  object_class->finalize = ahoy_devices_finalize;
  object_class->get_property = ahoy_devices_get_property;
  object_class->set_property = ahoy_devices_set_property;

  /**
   * AhoyDevices:camera:
   *
   * The id of the chosen camera; %NULL chooses by itself.
   */
  properties[PROP_CAMERA] = g_param_spec_string ("camera", NULL, NULL, NULL, flags);
  /**
   * AhoyDevices:microphone:
   *
   * The id of the chosen microphone; %NULL follows the system.
   */
  properties[PROP_MICROPHONE] = g_param_spec_string ("microphone", NULL, NULL, NULL, flags);
  /**
   * AhoyDevices:speaker:
   *
   * The id of the chosen loudspeaker; %NULL follows the system.
   */
  properties[PROP_SPEAKER] = g_param_spec_string ("speaker", NULL, NULL, NULL, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
ahoy_devices_init (AhoyDevices *self)
{
  const char *path = g_getenv ("AHOY_TEST_CAMERA");

  for (guint i = 0; i < N_KINDS; i++)
    self->lists[i] = g_list_store_new (AHOY_TYPE_DEVICE);
  self->cancellable = g_cancellable_new ();

  if (path && *path)
    {
      g_autoptr (AhoyDevice) camera = ahoy_device_new_test_camera (path);

      g_list_store_append (self->lists[AHOY_DEVICE_CAMERA], camera);
    }
  start_monitor (self);
}

AhoyDevices *
ahoy_devices_new (void)
{
  return g_object_new (AHOY_TYPE_DEVICES, NULL);
}

void
ahoy_devices_refresh (AhoyDevices *self)
{
  g_clear_handle_id (&self->retry_source_id, g_source_remove);
  /* The providers are shared in the process: they ask the new server only after they have let go of the old one. */
  stop_monitor (self);
  start_monitor (self);
}

AhoyDevice *
ahoy_devices_get_current (AhoyDevices    *self,
                          AhoyDeviceKind  kind)
{
  AhoyDevice *device = NULL;

  if (self->selected[kind])
    device = find_in_list (self, kind, self->selected[kind], NULL);
  if (device == NULL)
    {
      g_autoptr (AhoyDevice) first = g_list_model_get_item (G_LIST_MODEL (self->lists[kind]), 0);

      device = first;
    }

  return device;
}

/**
 * ahoy_devices_get_cameras:
 * @self: the devices
 *
 * Returns: (transfer none): a list of #AhoyDevice that follows plug and unplug
 */
GListModel *
ahoy_devices_get_cameras (AhoyDevices *self)
{
  g_return_val_if_fail (AHOY_IS_DEVICES (self), NULL);

  return G_LIST_MODEL (self->lists[AHOY_DEVICE_CAMERA]);
}

/**
 * ahoy_devices_get_microphones:
 * @self: the devices of this machine
 *
 * The list is live: it changes when something is plugged in or out.
 *
 * Returns: (transfer none): a #GListModel of [class@Device], the microphones
 */
GListModel *
ahoy_devices_get_microphones (AhoyDevices *self)
{
  g_return_val_if_fail (AHOY_IS_DEVICES (self), NULL);

  return G_LIST_MODEL (self->lists[AHOY_DEVICE_MICROPHONE]);
}

/**
 * ahoy_devices_get_speakers:
 * @self: the devices of this machine
 *
 * The list is live: it changes when something is plugged in or out.
 *
 * Returns: (transfer none): a #GListModel of [class@Device], the loudspeakers
 */
GListModel *
ahoy_devices_get_speakers (AhoyDevices *self)
{
  g_return_val_if_fail (AHOY_IS_DEVICES (self), NULL);

  return G_LIST_MODEL (self->lists[AHOY_DEVICE_SPEAKER]);
}

/**
 * ahoy_devices_get_selected:
 * @self: the devices of this machine
 * @kind: which kind of device
 *
 * Returns: (nullable): the id that was chosen, or %NULL when the system chooses
 */
const char *
ahoy_devices_get_selected (AhoyDevices    *self,
                           AhoyDeviceKind  kind)
{
  g_return_val_if_fail (AHOY_IS_DEVICES (self), NULL);
  g_return_val_if_fail (kind < N_KINDS, NULL);

  return self->selected[kind];
}

/**
 * ahoy_devices_select:
 * @self: the devices of this machine
 * @kind: which kind of device
 * @id: (nullable): id of a device, or %NULL to let the system choose
 *
 * Chooses a device, also during a call. One that is not there now is used as soon as it is.
 */
void
ahoy_devices_select (AhoyDevices    *self,
                     AhoyDeviceKind  kind,
                     const char     *id)
{
  g_return_if_fail (AHOY_IS_DEVICES (self));
  g_return_if_fail (kind < N_KINDS);

  if (g_strcmp0 (self->selected[kind], id) == 0)
    return;

  g_free (self->selected[kind]);
  self->selected[kind] = g_strdup (id);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAMERA + kind]);
}
