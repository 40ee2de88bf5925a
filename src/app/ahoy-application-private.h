/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ahoy-account-store.h"
#include "ahoy-application.h"
#include "ahoy-bus-service.h"
#include "ahoy-call-kit.h"
#include "ahoy-engine.h"
#include "ahoy-history.h"
#include "ahoy-hooks.h"
#include "ahoy-identity.h"
#include "ahoy-notifier.h"
#include "ahoy-window.h"

G_BEGIN_DECLS

struct _AhoyApplication
{
  AdwApplication parent_instance;

  AhoyEngine *engine;        /* (owned) */
  AhoyAccountStore *store;   /* (owned) */
  AhoyIdentity *identity;    /* (owned) */
  AhoyHistory *history;      /* (owned) (nullable), from startup on */
  AhoyBusService *service;   /* (owned) */
  AhoyHooks *hooks;          /* (owned) */
  AhoyCallKit *kit;          /* (owned) (nullable), from startup on */
  AhoyNotifier *notifier;    /* (owned) (nullable), from startup on */
  GSettings *settings;       /* (owned) (nullable), from startup on */
  AhoyAccount *given;        /* (owned) (nullable): from the environment or the options of this process */
  AhoyWindow *window;        /* unowned, NULL while closed */
  char *waiting_link;        /* (owned) (nullable), until the account is there */
  GtkWindow *preferences;    /* unowned, NULL while closed */
  guint inhibit_cookie;      /* 0 when no call runs */
  guint sigterm_id;
  guint sigint_id;
  guint quit_id;             /* the deadline of a polite quit */
  gboolean is_started;       /* the identity is on its way */
  gboolean is_held;          /* kept alive without a window */
};

/* The main window, made if need be. (transfer none) */
AhoyWindow *ahoy_application_ensure_window   (AhoyApplication *self);
/* Places a call or says in a toast or notification why not. */
void        ahoy_application_place_call      (AhoyApplication *self,
                                              const char      *user_id,
                                              AhoyCallMedia    media);
/* Dials, or signs in; once the account is there. */
void        ahoy_application_open_link       (AhoyApplication *self,
                                              const char      *text);
void        ahoy_application_quit_politely   (AhoyApplication *self);
void        ahoy_application_install_actions (AhoyApplication *self);

G_END_DECLS
