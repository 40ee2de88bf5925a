/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-contacts-view.h"

#include "ahoy-contact-list.h"
#include "ahoy-list-rows.h"
#include "ahoy-person-menu.h"
#include "ahoy-prompt-button.h"
#include "ahoy-ui-widgets.h"
#include "ahoy-user-sig.h"

#include <glib/gi18n.h>

struct _AhoyContactsView
{
  AdwBin parent_instance;

  GListModel *users;      /* (owned) (nullable) */
  AhoyContactList *model; /* (owned) (nullable) */
  char *search;           /* (owned) */

  GtkStack *stack;
  GtkListView *list;
  GtkRevealer *dial_revealer;
  GtkWidget *dial_button;
  GtkLabel *dial_label;
  GtkWidget *dial_video_button;
  GtkWidget *dial_add_button;
};

G_DEFINE_FINAL_TYPE (AhoyContactsView, ahoy_contacts_view, ADW_TYPE_BIN)

enum
{
  OPEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
is_known_id (AhoyContactsView *self,
             const char       *id)
{
  for (guint i = 0; self->users && i < g_list_model_get_n_items (self->users); i++)
    {
      g_autoptr (AhoyUser) user = g_list_model_get_item (self->users, i);

      if (g_str_equal (ahoy_user_get_id (user), id))
        return TRUE;
    }

  return FALSE;
}

static void
update_button (GtkWidget  *button,
               const char *format,
               const char *id)
{
  g_autofree char *label = ahoy_person_menu_format (format, id);

  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", id);
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

/* Whatever could be an id can be called, known or not. */
static void
update_dial (AhoyContactsView *self)
{
  gboolean can_dial = ahoy_user_id_is_valid (self->search) && !is_known_id (self, self->search);
  g_autofree char *label = NULL;

  ahoy_ui_reveal (self->dial_revealer, can_dial);
  if (!can_dial)
    return;

  /* Translators: %s is an Ahoy ID that was typed */
  label = ahoy_person_menu_format (_("Call “%s”"), self->search);
  gtk_label_set_label (self->dial_label, label);
  update_button (self->dial_button, _("Call %s"), self->search);
  update_button (self->dial_video_button, _("Video call %s"), self->search);
  update_button (self->dial_add_button, _("Add %s to contacts"), self->search);
}

static void
update (AhoyContactsView *self)
{
  guint people = self->model ? ahoy_contact_list_get_people (self->model) : 0;

  if (people > 0)
    gtk_stack_set_visible_child_name (self->stack, "list");
  else
    gtk_stack_set_visible_child_name (self->stack, *self->search ? "nothing" : "empty");
  update_dial (self);
}

static void
on_activate (AhoyContactsView *self,
             guint             position)
{
  g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (self->model), position);

  if (AHOY_IS_USER (item))
    g_signal_emit (self, signals[OPEN], 0, item);
}

static void
ahoy_contacts_view_dispose (GObject *object)
{
  AhoyContactsView *self = AHOY_CONTACTS_VIEW (object);

  g_clear_object (&self->model);
  g_clear_object (&self->users);

  G_OBJECT_CLASS (ahoy_contacts_view_parent_class)->dispose (object);
}

static void
ahoy_contacts_view_finalize (GObject *object)
{
  AhoyContactsView *self = AHOY_CONTACTS_VIEW (object);

  g_free (self->search);

  G_OBJECT_CLASS (ahoy_contacts_view_parent_class)->finalize (object);
}

static void
ahoy_contacts_view_class_init (AhoyContactsViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ahoy_contacts_view_dispose;
  object_class->finalize = ahoy_contacts_view_finalize;

  signals[OPEN] = g_signal_new ("open", AHOY_TYPE_CONTACTS_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, AHOY_TYPE_USER);

  g_type_ensure (AHOY_TYPE_PROMPT_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/ahoycall/Ahoy/ahoy-contacts-view.ui");
  gtk_widget_class_bind_template_child (widget_class, AhoyContactsView, stack);
  gtk_widget_class_bind_template_child (widget_class, AhoyContactsView, list);
  gtk_widget_class_bind_template_child (widget_class, AhoyContactsView, dial_revealer);
  gtk_widget_class_bind_template_child (widget_class, AhoyContactsView, dial_button);
  gtk_widget_class_bind_template_child (widget_class, AhoyContactsView, dial_label);
  gtk_widget_class_bind_template_child (widget_class, AhoyContactsView, dial_video_button);
  gtk_widget_class_bind_template_child (widget_class, AhoyContactsView, dial_add_button);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
}

static void
ahoy_contacts_view_init (AhoyContactsView *self)
{
  g_autoptr (GtkListItemFactory) factory = ahoy_list_rows_new_factory ();

  self->search = g_strdup ("");
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_view_set_factory (self->list, factory);
  update (self);
}

GtkWidget *
ahoy_contacts_view_new (void)
{
  return g_object_new (AHOY_TYPE_CONTACTS_VIEW, NULL);
}

void
ahoy_contacts_view_set_users (AhoyContactsView *self,
                              GListModel       *users)
{
  g_autoptr (GtkNoSelection) selection = NULL;

  g_return_if_fail (AHOY_IS_CONTACTS_VIEW (self));
  g_return_if_fail (G_IS_LIST_MODEL (users));

  if (!g_set_object (&self->users, users))
    return;

  g_clear_object (&self->model);
  self->model = ahoy_contact_list_new (users);
  ahoy_contact_list_set_search (self->model, self->search);
  g_signal_connect_object (self->model, "items-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  selection = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->model)));
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (selection));
  update (self);
}

void
ahoy_contacts_view_set_search (AhoyContactsView *self,
                               const char       *search)
{
  g_return_if_fail (AHOY_IS_CONTACTS_VIEW (self));

  g_free (self->search);
  self->search = g_strstrip (g_strdup (search ? search : ""));
  if (self->model)
    ahoy_contact_list_set_search (self->model, self->search);
  update (self);
}

AhoyUser *
ahoy_contacts_view_get_first (AhoyContactsView *self)
{
  g_return_val_if_fail (AHOY_IS_CONTACTS_VIEW (self), NULL);

  for (guint i = 0; self->model && i < g_list_model_get_n_items (G_LIST_MODEL (self->model)); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (self->model), i);

      /* The model keeps it alive. */
      if (AHOY_IS_USER (item))
        return AHOY_USER (item);
    }

  return NULL;
}

void
ahoy_contacts_view_focus_list (AhoyContactsView *self)
{
  g_return_if_fail (AHOY_IS_CONTACTS_VIEW (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->list));
}
