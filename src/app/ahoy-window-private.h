/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ahoy-contact-page.h"
#include "ahoy-contacts-view.h"
#include "ahoy-profile-popover.h"
#include "ahoy-recents-view.h"
#include "ahoy-sign-in-page.h"
#include "ahoy-status-strip.h"
#include "ahoy-window.h"

G_BEGIN_DECLS

struct _AhoyWindow
{
  AdwApplicationWindow parent_instance;

  AhoyIdentity *identity; /* (owned) */
  AhoyHistory *history;   /* (owned) */
  GSettings *settings;    /* (owned) */
  guint progress_source_id; /* 0 when nothing is waited for */
  guint progress_ticks;

  AdwToastOverlay *toasts;
  GtkStack *root_stack;
  AhoySignInPage *sign_in_page;
  AdwLeaflet *leaflet;
  AdwClamp *list_clamp;
  GtkWidget *list_pane;
  GtkWidget *detail_pane;
  GtkStack *detail_stack;
  AdwViewStack *views;
  AdwViewStackPage *recent_page;
  GtkSearchEntry *search_entry;
  AhoyStatusStrip *strip;
  AhoyContactsView *contacts_view;
  AhoyRecentsView *recents_view;
  AhoyContactPage *contact_page;
  GtkWidget *star_button;
  GtkWidget *back_button;
  GtkMenuButton *profile_button;
  GtkWidget *profile_avatar;
  AhoyProfilePopover *profile_popover;
  GtkRevealer *progress_revealer;
  GtkProgressBar *progress;
  GSignalGroup *follow_user; /* (owned) on the person of the page */
};

AhoyEngine *ahoy_window_get_engine      (AhoyWindow      *self);
void        ahoy_window_close_user      (AhoyWindow      *self);
void        ahoy_window_update_star     (AhoyWindow      *self);
void        ahoy_window_install_actions (GtkWidgetClass  *widget_class);
/* Calls taken off the list, with a toast that can bring them back. */
void        ahoy_window_offer_undo      (AhoyWindow      *self,
                                         const char      *text,
                                         char           **call_ids);

G_END_DECLS
