/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-device-private.h"

#include "ahoy-test-camera.h"

struct _AhoyDevice
{
  GObject parent_instance;

  char *id;           /* (owned) */
  char *name;         /* (owned) */
  char *path;         /* (owned) (nullable): file of a test camera */
  GstDevice *device;  /* (owned) (nullable) */
  AhoyDeviceKind kind;
  gboolean is_default;
};

G_DEFINE_FINAL_TYPE (AhoyDevice, ahoy_device, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_KIND,
  PROP_ID,
  PROP_NAME,
  PROP_IS_DEFAULT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
ahoy_device_finalize (GObject *object)
{
  AhoyDevice *self = AHOY_DEVICE (object);

  g_free (self->id);
  g_free (self->name);
  g_free (self->path);
  gst_clear_object (&self->device);

  G_OBJECT_CLASS (ahoy_device_parent_class)->finalize (object);
}

static void
ahoy_device_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  AhoyDevice *self = AHOY_DEVICE (object);

  switch (prop_id)
    {
    case PROP_KIND:
      g_value_set_int (value, self->kind);
      break;

    case PROP_ID:
      g_value_set_string (value, self->id);
      break;

    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;

    case PROP_IS_DEFAULT:
      g_value_set_boolean (value, self->is_default);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
ahoy_device_class_init (AhoyDeviceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = ahoy_device_finalize;
  object_class->get_property = ahoy_device_get_property;

  /**
   * AhoyDevice:kind:
   *
   * An #AhoyDeviceKind.
   */
  properties[PROP_KIND] = g_param_spec_int ("kind", NULL, NULL, 0, AHOY_DEVICE_SPEAKER, 0, flags);
  /**
   * AhoyDevice:id:
   *
   * The same whenever the device is plugged in.
   */
  properties[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, flags);
  /**
   * AhoyDevice:name:
   *
   * For people.
   */
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  /**
   * AhoyDevice:is-default:
   *
   * Whether the system prefers it to others of its kind.
   */
  properties[PROP_IS_DEFAULT] = g_param_spec_boolean ("is-default", NULL, NULL, FALSE, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
ahoy_device_init (AhoyDevice *self)
{
}

AhoyDevice *
ahoy_device_new (AhoyDeviceKind  kind,
                 const char     *id,
                 const char     *name,
                 gboolean        is_default,
                 GstDevice      *device)
{
  AhoyDevice *self = g_object_new (AHOY_TYPE_DEVICE, NULL);

  self->kind = kind;
  self->id = g_strdup (id);
  self->name = g_strdup (name);
  self->is_default = is_default;
  self->device = device ? gst_object_ref (device) : NULL;

  return self;
}

AhoyDevice *
ahoy_device_new_test_camera (const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *id = g_strconcat ("file:", path, NULL);
  AhoyDevice *self = ahoy_device_new (AHOY_DEVICE_CAMERA, id, name, TRUE, NULL);

  self->path = g_strdup (path);

  return self;
}

gboolean
ahoy_device_is_test_camera (AhoyDevice *self)
{
  return self->path != NULL;
}

GstDevice *
ahoy_device_get_device (AhoyDevice *self)
{
  return self->device;
}

GstElement *
ahoy_device_create_source (AhoyDevice *self)
{
  if (self->path)
    return ahoy_test_camera_new (self->path);

  return self->device ? gst_device_create_element (self->device, NULL) : NULL;
}

/**
 * ahoy_device_get_kind:
 * @self: a device
 *
 * Returns: camera, microphone or speaker
 */
AhoyDeviceKind
ahoy_device_get_kind (AhoyDevice *self)
{
  g_return_val_if_fail (AHOY_IS_DEVICE (self), AHOY_DEVICE_CAMERA);

  return self->kind;
}

/**
 * ahoy_device_get_id:
 * @self: a device
 *
 * Returns: a name for programs, stable over plug and unplug
 */
const char *
ahoy_device_get_id (AhoyDevice *self)
{
  g_return_val_if_fail (AHOY_IS_DEVICE (self), NULL);

  return self->id;
}

/**
 * ahoy_device_get_name:
 * @self: a device
 *
 * Returns: a name for people
 */
const char *
ahoy_device_get_name (AhoyDevice *self)
{
  g_return_val_if_fail (AHOY_IS_DEVICE (self), NULL);

  return self->name;
}
