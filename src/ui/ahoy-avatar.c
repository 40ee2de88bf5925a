/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "ahoy-avatar.h"
#include "ahoy-picture-private.h"
#include "ahoy-ui-private.h"

#define DEFAULT_SIZE 48

struct _AhoyAvatar
{
  GtkWidget parent_instance;

  AhoyUser *user;            /* (owned) (nullable) */
  GdkTexture *picture;       /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) (nullable), set while a picture is fetched */
  char *picture_source;      /* (owned) (nullable): what @picture was made from */
  GtkWidget *label;
  GtkWidget *icon;
  guint color;
  int size;
  gboolean decorative;
};

G_DEFINE_FINAL_TYPE (AhoyAvatar, ahoy_avatar, GTK_TYPE_WIDGET)

enum
{
  PROP_USER = 1,
  PROP_SIZE,
  PROP_DECORATIVE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static gboolean
is_cjk (gunichar c)
{
  switch ((int) g_unichar_get_script (c))
    {
    case G_UNICODE_SCRIPT_HAN:
    case G_UNICODE_SCRIPT_HIRAGANA:
    case G_UNICODE_SCRIPT_KATAKANA:
    case G_UNICODE_SCRIPT_HANGUL:
    case G_UNICODE_SCRIPT_BOPOMOFO:
      return TRUE;
    default:
      return FALSE;
    }
}

/* Points at the first letter or digit of the word, NULL if it has none. */
static const char *
first_letter (const char *word)
{
  const char *p;

  for (p = word; *p; p = g_utf8_next_char (p))
    if (g_unichar_isalnum (g_utf8_get_char (p)))
      return p;
  return NULL;
}

static void
append_upper (GString    *out,
              const char *letter)
{
  g_autofree char *upper = g_utf8_strup (letter, g_utf8_next_char (letter) - letter);
  const char *mark = g_utf8_next_char (letter);

  g_string_append (out, upper);
  /* Accents that follow as code points of their own belong to the letter. */
  while (*mark && g_unichar_ismark (g_utf8_get_char (mark)))
    {
      g_string_append_unichar (out, g_utf8_get_char (mark));
      mark = g_utf8_next_char (mark);
    }
}

char *
ahoy_avatar_initials (const char *name)
{
  g_autofree char *valid = NULL;
  g_auto (GStrv) words = NULL;
  g_autoptr (GString) out = g_string_new (NULL);
  const char *first = NULL, *last = NULL;
  guint i;

  if (!name)
    return NULL;

  valid = g_utf8_make_valid (name, -1);
  words = g_strsplit_set (valid, " \t\n_-.", -1);
  for (i = 0; words[i]; i++)
    {
      const char *letter = first_letter (words[i]);

      if (!letter)
        continue;
      if (!first)
        first = letter;
      else
        last = letter;
    }

  if (!first)
    return NULL;
  append_upper (out, first);
  if (last && !is_cjk (g_utf8_get_char (first)))
    {
      /* Letters that join would become one sign: they are two initials. */
      if (g_unichar_get_script (g_utf8_get_char (first)) == G_UNICODE_SCRIPT_ARABIC)
        g_string_append_unichar (out, 0x200c);
      append_upper (out, last);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

guint
ahoy_avatar_color_for_id (const char *user_id)
{
  return g_str_hash (user_id ? user_id : "") % AHOY_AVATAR_N_COLORS + 1;
}

static void
set_color (AhoyAvatar *self,
           guint       color)
{
  g_autofree char *before = g_strdup_printf ("color%u", self->color);
  g_autofree char *after = g_strdup_printf ("color%u", color);

  if (self->color == color)
    return;
  gtk_widget_remove_css_class (GTK_WIDGET (self), before);
  gtk_widget_add_css_class (GTK_WIDGET (self), after);
  self->color = color;
}

static void
update_font (AhoyAvatar *self)
{
  PangoAttrList *attrs = pango_attr_list_new ();

  /* Absolute: the initials belong to the disc, they do not follow the size of text. */
  pango_attr_list_insert (attrs, pango_attr_size_new_absolute ((int) (self->size * 0.38 * PANGO_SCALE)));
  gtk_label_set_attributes (GTK_LABEL (self->label), attrs);
  gtk_image_set_pixel_size (GTK_IMAGE (self->icon), self->size / 2);
  pango_attr_list_unref (attrs);
}

static void
set_picture (AhoyAvatar *self,
             GdkTexture *picture)
{
  g_set_object (&self->picture, picture);
  if (self->picture)
    gtk_widget_add_css_class (GTK_WIDGET (self), "image");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "image");
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
update_children (AhoyAvatar *self)
{
  g_autofree char *initials = NULL;

  if (self->user)
    initials = ahoy_avatar_initials (ahoy_user_get_display_name (self->user));
  gtk_label_set_label (GTK_LABEL (self->label), initials ? initials : "");
  gtk_widget_set_visible (self->label, !self->picture && initials);
  gtk_widget_set_visible (self->icon, !self->picture && !initials);
}

static void
on_picture_loaded (GObject      *source,
                   GAsyncResult *result,
                   gpointer      data)
{
  g_autoptr (AhoyAvatar) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = ahoy_picture_load_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (!texture)
    g_debug ("No picture for an avatar: %s", error->message);

  g_clear_object (&self->cancellable);
  set_picture (self, texture);
  update_children (self);
}

static void
update_picture (AhoyAvatar *self)
{
  const char *source = self->user ? ahoy_user_get_avatar (self->user) : NULL;

  if (source && !*source)
    source = NULL;
  if (g_strcmp0 (source, self->picture_source) == 0)
    return;

  g_free (self->picture_source);
  self->picture_source = g_strdup (source);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (!source)
    {
      set_picture (self, NULL);
      return;
    }
  self->cancellable = g_cancellable_new ();
  ahoy_picture_load_async (source, 512, self->cancellable, on_picture_loaded, g_object_ref (self));
}

static void
update (AhoyAvatar *self)
{
  const char *name = self->user ? ahoy_user_get_display_name (self->user) : NULL;

  set_color (self, ahoy_avatar_color_for_id (self->user ? ahoy_user_get_id (self->user) : NULL));
  update_picture (self);
  update_children (self);
  if (!self->decorative)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name ? name : "", -1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_HIDDEN, self->decorative, -1);
}

static void
ahoy_avatar_measure (GtkWidget      *widget,
                     GtkOrientation  orientation,
                     int             for_size,
                     int            *minimum,
                     int            *natural,
                     int            *minimum_baseline,
                     int            *natural_baseline)
{
  *minimum = *natural = AHOY_AVATAR (widget)->size;
}

static void
allocate_centred (GtkWidget *child,
                  int        width,
                  int        height)
{
  GtkRequisition size;
  GtkAllocation at;

  if (!gtk_widget_should_layout (child))
    return;
  gtk_widget_get_preferred_size (child, &size, NULL);
  at.width = MAX (size.width, 1);
  at.height = MAX (size.height, 1);
  at.x = (width - at.width) / 2;
  at.y = (height - at.height) / 2;
  gtk_widget_size_allocate (child, &at, -1);
}

static void
ahoy_avatar_size_allocate (GtkWidget *widget,
                           int        width,
                           int        height,
                           int        baseline)
{
  AhoyAvatar *self = AHOY_AVATAR (widget);

  allocate_centred (self->label, width, height);
  allocate_centred (self->icon, width, height);
}

static void
ahoy_avatar_snapshot (GtkWidget   *widget,
                      GtkSnapshot *snapshot)
{
  AhoyAvatar *self = AHOY_AVATAR (widget);
  GskRoundedRect disc;
  graphene_rect_t area;
  float w, h, k;

  if (!self->picture)
    {
      GTK_WIDGET_CLASS (ahoy_avatar_parent_class)->snapshot (widget, snapshot);
      return;
    }

  graphene_rect_init (&area, 0, 0, gtk_widget_get_width (widget), gtk_widget_get_height (widget));
  gsk_rounded_rect_init_from_rect (&disc, &area, MIN (area.size.width, area.size.height) / 2);
  w = gdk_texture_get_width (self->picture);
  h = gdk_texture_get_height (self->picture);
  k = MAX (area.size.width / w, area.size.height / h);
  gtk_snapshot_push_rounded_clip (snapshot, &disc);
  gtk_snapshot_append_texture (snapshot, self->picture,
                               &GRAPHENE_RECT_INIT ((area.size.width - w * k) / 2,
                                                    (area.size.height - h * k) / 2, w * k, h * k));
  gtk_snapshot_pop (snapshot);
}

static void
ahoy_avatar_dispose (GObject *object)
{
  AhoyAvatar *self = AHOY_AVATAR (object);

  ahoy_avatar_set_user (self, NULL);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->picture);
  g_clear_pointer (&self->label, gtk_widget_unparent);
  g_clear_pointer (&self->icon, gtk_widget_unparent);

  G_OBJECT_CLASS (ahoy_avatar_parent_class)->dispose (object);
}

static void
ahoy_avatar_finalize (GObject *object)
{
  g_free (AHOY_AVATAR (object)->picture_source);

  G_OBJECT_CLASS (ahoy_avatar_parent_class)->finalize (object);
}

static void
ahoy_avatar_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  AhoyAvatar *self = AHOY_AVATAR (object);

  switch (prop_id)
    {
    case PROP_USER:
      g_value_set_object (value, self->user);
      break;
    case PROP_SIZE:
      g_value_set_int (value, self->size);
      break;
    case PROP_DECORATIVE:
      g_value_set_boolean (value, self->decorative);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
ahoy_avatar_set_property (GObject      *object,
                          guint         prop_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  AhoyAvatar *self = AHOY_AVATAR (object);

  switch (prop_id)
    {
    case PROP_USER:
      ahoy_avatar_set_user (self, g_value_get_object (value));
      break;
    case PROP_SIZE:
      ahoy_avatar_set_size (self, g_value_get_int (value));
      break;
    case PROP_DECORATIVE:
      ahoy_avatar_set_decorative (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
ahoy_avatar_class_init (AhoyAvatarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  ahoy_ui_ensure_init ();
  object_class->dispose = ahoy_avatar_dispose;
  object_class->finalize = ahoy_avatar_finalize;
  object_class->get_property = ahoy_avatar_get_property;
  object_class->set_property = ahoy_avatar_set_property;
  widget_class->measure = ahoy_avatar_measure;
  widget_class->size_allocate = ahoy_avatar_size_allocate;
  widget_class->snapshot = ahoy_avatar_snapshot;

  properties[PROP_USER] =
    g_param_spec_object ("user", NULL, NULL, AHOY_TYPE_USER,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_SIZE] =
    g_param_spec_int ("size", NULL, NULL, 16, 512, DEFAULT_SIZE,
                      G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_DECORATIVE] =
    g_param_spec_boolean ("decorative", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /* The name of the stock avatar, so that its colours apply. */
  gtk_widget_class_set_css_name (widget_class, "avatar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
ahoy_avatar_init (AhoyAvatar *self)
{
  ahoy_ui_ensure_style (GTK_WIDGET (self));
  gtk_widget_add_css_class (GTK_WIDGET (self), "contrasted");
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  self->size = DEFAULT_SIZE;
  self->label = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  self->icon = g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                             "icon-name", "avatar-default-symbolic", NULL);
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
  gtk_widget_set_parent (self->icon, GTK_WIDGET (self));
  update_font (self);
  update (self);
}

GtkWidget *
ahoy_avatar_new (AhoyUser *user,
                 int       size)
{
  return g_object_new (AHOY_TYPE_AVATAR, "user", user, "size", size, NULL);
}

AhoyUser *
ahoy_avatar_get_user (AhoyAvatar *self)
{
  g_return_val_if_fail (AHOY_IS_AVATAR (self), NULL);

  return self->user;
}

void
ahoy_avatar_set_user (AhoyAvatar *self,
                      AhoyUser   *user)
{
  g_return_if_fail (AHOY_IS_AVATAR (self));
  g_return_if_fail (!user || AHOY_IS_USER (user));

  if (self->user == user)
    return;
  if (self->user)
    g_signal_handlers_disconnect_by_func (self->user, update, self);
  g_set_object (&self->user, user);
  if (user)
    {
      g_signal_connect_swapped (user, "notify::display-name", G_CALLBACK (update), self);
      g_signal_connect_swapped (user, "notify::avatar", G_CALLBACK (update), self);
    }
  if (self->label)
    update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_USER]);
}

int
ahoy_avatar_get_size (AhoyAvatar *self)
{
  g_return_val_if_fail (AHOY_IS_AVATAR (self), 0);

  return self->size;
}

void
ahoy_avatar_set_size (AhoyAvatar *self,
                      int         size)
{
  g_return_if_fail (AHOY_IS_AVATAR (self));
  g_return_if_fail (size >= 16 && size <= 512);

  if (self->size == size)
    return;
  self->size = size;
  update_font (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SIZE]);
}

gboolean
ahoy_avatar_get_decorative (AhoyAvatar *self)
{
  g_return_val_if_fail (AHOY_IS_AVATAR (self), FALSE);

  return self->decorative;
}

void
ahoy_avatar_set_decorative (AhoyAvatar *self,
                            gboolean    decorative)
{
  g_return_if_fail (AHOY_IS_AVATAR (self));

  if (self->decorative == decorative)
    return;
  self->decorative = decorative;
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DECORATIVE]);
}
