/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ahoy-account.h"
#include "ahoy-enums.h"

G_BEGIN_DECLS

#define AHOY_LINK_ERROR (ahoy_link_error_quark ())
GQuark ahoy_link_error_quark (void);

typedef enum
{
  AHOY_LINK_ERROR_UNKNOWN,    /* none of the links Ahoy opens */
  AHOY_LINK_ERROR_USER,       /* the person in it is missing or impossible */
  AHOY_LINK_ERROR_SERVER,     /* the server in it is missing or impossible */
  AHOY_LINK_ERROR_TICKET,     /* the ticket or the application is missing or impossible */
} AhoyLinkError;

typedef enum
{
  AHOY_LINK_LOGIN,
  AHOY_LINK_CALL,
} AhoyLinkKind;

typedef struct
{
  AhoyLinkKind kind;
  AhoyAccount *account; /* (owned) AHOY_LINK_LOGIN only */
  char *user_id;        /* (owned) AHOY_LINK_CALL only */
  AhoyCallMedia media;  /* AHOY_LINK_CALL only */
} AhoyLink;

/* ahoy://login?server=…&app=…&user=…&sig=…, ahoy://call/USER?media=video, tel:USER and callto:USER.
 * The text comes from anywhere and is not trusted. */
AhoyLink *ahoy_link_parse        (const char         *text,
                                  GError            **error);
void      ahoy_link_free         (AhoyLink           *self);
char     *ahoy_link_format_login (const AhoyAccount  *account);
char     *ahoy_link_format_call  (const char         *user_id,
                                  AhoyCallMedia       media);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AhoyLink, ahoy_link_free)

G_END_DECLS
