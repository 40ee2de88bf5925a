/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ahoy-recents-view.h"

#include "ahoy-list-rows.h"
#include "ahoy-record-row.h"

#include <glib/gi18n.h>

struct _AhoyRecentsView
{
  AdwBin parent_instance;

  AhoyHistory *history; /* (owned) (nullable) */

  GtkStack *stack;
  GtkListView *list;
  GtkWidget *filter_bar;
  GtkToggleButton *all_button;
  GtkToggleButton *missed_button;
  AdwStatusPage *empty_page;
};

G_DEFINE_FINAL_TYPE (AhoyRecentsView, ahoy_recents_view, ADW_TYPE_BIN)

enum
{
  OPEN,
  REMOVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
update (AhoyRecentsView *self)
{
  gboolean is_missed_only = gtk_toggle_button_get_active (self->missed_button);
  guint count = self->history ? g_list_model_get_n_items (G_LIST_MODEL (self->history)) : 0;

  gtk_widget_set_visible (self->filter_bar, count > 0 || is_missed_only);
  if (count > 0)
    gtk_stack_set_visible_child_name (self->stack, "list");
  else if (self->history && ahoy_history_get_loaded (self->history))
    gtk_stack_set_visible_child_name (self->stack, "empty");
  else
    gtk_stack_set_visible_child_name (self->stack, "loading");

  adw_status_page_set_title (self->empty_page, is_missed_only ? _("No Missed Calls") : _("No Calls Yet"));
  adw_status_page_set_description (self->empty_page,
                                   is_missed_only ? _("Calls you did not answer appear here")
                                                  : _("Calls you make or receive appear here"));
}

static void
on_filter_toggled (AhoyRecentsView *self)
{
  if (self->history)
    ahoy_history_set_missed_only (self->history, gtk_toggle_button_get_active (self->missed_button));
  update (self);
}

static void
on_edge_reached (GtkScrolledWindow *scrolled,
                 GtkPositionType    edge,
                 AhoyRecentsView   *self)
{
  if (edge == GTK_POS_BOTTOM && self->history)
    ahoy_history_load_more (self->history);
}

static void
on_activate (AhoyRecentsView *self,
             guint            position)
{
  g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (self->history), position);
  AhoyUser *user = AHOY_IS_HISTORY_ENTRY (item) ? ahoy_history_entry_get_user (AHOY_HISTORY_ENTRY (item)) : NULL;

  if (user)
    g_signal_emit (self, signals[OPEN], 0, user);
}

static AhoyHistoryEntry *
find_entry (AhoyRecentsView *self,
            const char      *call_id)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->history)); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (self->history), i);

      if (AHOY_IS_HISTORY_ENTRY (item) &&
          g_strcmp0 (ahoy_record_get_call_id (ahoy_history_entry_get_first (AHOY_HISTORY_ENTRY (item))),
                     call_id) == 0)
        return AHOY_HISTORY_ENTRY (g_steal_pointer (&item));
    }

  return NULL;
}

static void
remove_entry (AhoyRecentsView *self,
              const char      *call_id)
{
  g_autoptr (AhoyHistoryEntry) entry = self->history ? find_entry (self, call_id) : NULL;
  g_auto (GStrv) ids = NULL;

  if (!entry)
    return;

  ids = ahoy_history_entry_dup_ids (entry);
  ahoy_history_hide (self->history, (const char *const *) ids);
  g_signal_emit (self, signals[REMOVED], 0, ids);
}

static void
on_remove (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  remove_entry (AHOY_RECENTS_VIEW (widget), g_variant_get_string (parameter, NULL));
}

/* The row that has the focus, found from the focus widget upwards or, for a list row, just below. */
static AhoyRecordRow *
find_focused_row (AhoyRecentsView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;
  GtkWidget *child;

  if (!focus || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self->list)))
    return NULL;

  child = gtk_widget_get_ancestor (focus, AHOY_TYPE_RECORD_ROW);
  for (GtkWidget *w = focus; !child && w; w = gtk_widget_get_first_child (w))
    if (AHOY_IS_RECORD_ROW (w))
      child = w;

  return child ? AHOY_RECORD_ROW (child) : NULL;
}

static void
on_remove_focused (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  AhoyRecentsView *self = AHOY_RECENTS_VIEW (widget);
  AhoyRecordRow *row = find_focused_row (self);
  AhoyHistoryEntry *entry = row ? ahoy_record_row_get_entry (row) : NULL;
  g_autofree char *id = NULL;

  if (!entry)
    return;

  id = g_strdup (ahoy_record_get_call_id (ahoy_history_entry_get_first (entry)));
  remove_entry (self, id);
}

static void
append (GMenu      *menu,
        const char *label,
        const char *action,
        const char *target)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", target);
  g_menu_append_item (menu, item);
}

static gboolean
unparent_later (gpointer user_data)
{
  gtk_widget_unparent (user_data);
  return G_SOURCE_REMOVE;
}

static void
on_menu_closed (GtkWidget *popover)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, unparent_later, g_object_ref (popover), g_object_unref);
}

static GMenuModel *
new_menu (AhoyHistoryEntry *entry)
{
  AhoyUser *user = ahoy_history_entry_get_user (entry);
  g_autoptr (GMenu) call = g_menu_new ();
  g_autoptr (GMenu) drop = g_menu_new ();
  GMenu *menu = g_menu_new ();

  if (user)
    {
      append (call, _("Call"), "app.call", ahoy_user_get_id (user));
      append (call, _("Video Call"), "app.video-call", ahoy_user_get_id (user));
      if (!ahoy_user_get_is_contact (user))
        append (call, _("Add to Contacts"), "win.add-contact", ahoy_user_get_id (user));
      g_menu_append_section (menu, NULL, G_MENU_MODEL (call));
    }
  append (drop, _("Delete"), "recents.remove",
          ahoy_record_get_call_id (ahoy_history_entry_get_first (entry)));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (drop));

  return G_MENU_MODEL (menu);
}

static void
on_menu (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  AhoyRecentsView *self = AHOY_RECENTS_VIEW (widget);
  g_autoptr (AhoyHistoryEntry) entry = NULL;
  g_autoptr (GMenuModel) model = NULL;
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *picked;
  GtkWidget *popover;
  const char *call_id;
  double x, y;
  GdkRectangle where = { 0, 0, 1, 1 };

  g_variant_get (parameter, "(&sdd)", &call_id, &x, &y);
  entry = self->history ? find_entry (self, call_id) : NULL;
  if (!entry)
    return;

  /* The row gave its own coordinates; the menu hangs on it while it is open. */
  picked = NULL;
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->list)); row && !picked;
       row = gtk_widget_get_next_sibling (row))
    for (GtkWidget *w = gtk_widget_get_first_child (row); w; w = gtk_widget_get_first_child (w))
      if (AHOY_IS_RECORD_ROW (w) && ahoy_record_row_get_entry (AHOY_RECORD_ROW (w)) == entry)
        picked = w;
  if (!picked || !root)
    return;

  model = new_menu (entry);
  where.x = (int) x;
  where.y = (int) y;
  popover = gtk_popover_menu_new_from_model (model);
  gtk_widget_set_parent (popover, picked);
  gtk_popover_set_has_arrow (GTK_POPOVER (popover), FALSE);
  gtk_popover_set_pointing_to (GTK_POPOVER (popover), &where);
  gtk_widget_set_halign (popover, GTK_ALIGN_START);
  g_signal_connect (popover, "closed", G_CALLBACK (on_menu_closed), NULL);
  gtk_popover_popup (GTK_POPOVER (popover));
}

static void
ahoy_recents_view_dispose (GObject *object)
{
  AhoyRecentsView *self = AHOY_RECENTS_VIEW (object);

  g_clear_object (&self->history);

  G_OBJECT_CLASS (ahoy_recents_view_parent_class)->dispose (object);
}

static void
ahoy_recents_view_class_init (AhoyRecentsViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ahoy_recents_view_dispose;

  signals[OPEN] = g_signal_new ("open", AHOY_TYPE_RECENTS_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, AHOY_TYPE_USER);
  signals[REMOVED] = g_signal_new ("removed", AHOY_TYPE_RECENTS_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRV);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/ahoycall/Ahoy/ahoy-recents-view.ui");
  gtk_widget_class_bind_template_child (widget_class, AhoyRecentsView, stack);
  gtk_widget_class_bind_template_child (widget_class, AhoyRecentsView, list);
  gtk_widget_class_bind_template_child (widget_class, AhoyRecentsView, filter_bar);
  gtk_widget_class_bind_template_child (widget_class, AhoyRecentsView, all_button);
  gtk_widget_class_bind_template_child (widget_class, AhoyRecentsView, missed_button);
  gtk_widget_class_bind_template_child (widget_class, AhoyRecentsView, empty_page);
  gtk_widget_class_bind_template_callback (widget_class, on_filter_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_edge_reached);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
  gtk_widget_class_install_action (widget_class, "recents.remove", "s", on_remove);
  gtk_widget_class_install_action (widget_class, "recents.remove-focused", NULL, on_remove_focused);
  gtk_widget_class_install_action (widget_class, "recents.menu", "(sdd)", on_menu);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "recents.remove-focused", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Delete, 0, "recents.remove-focused", NULL);
}

static void
ahoy_recents_view_init (AhoyRecentsView *self)
{
  g_autoptr (GtkListItemFactory) factory = ahoy_list_rows_new_factory ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_view_set_factory (self->list, factory);
  update (self);
}

GtkWidget *
ahoy_recents_view_new (void)
{
  return g_object_new (AHOY_TYPE_RECENTS_VIEW, NULL);
}

void
ahoy_recents_view_set_history (AhoyRecentsView *self,
                               AhoyHistory     *history)
{
  g_autoptr (GtkNoSelection) selection = NULL;

  g_return_if_fail (AHOY_IS_RECENTS_VIEW (self));
  g_return_if_fail (AHOY_IS_HISTORY (history));

  if (!g_set_object (&self->history, history))
    return;

  g_signal_connect_object (history, "items-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (history, "notify::loaded", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  selection = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (history)));
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (selection));
  update (self);
}
