/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-contacts.h"
#include "ahoy-people.h"

G_BEGIN_DECLS

AhoyContacts *ahoy_contacts_new        (AhoySession  *session,
                                        AhoyPeople   *people);
/* An account signs in: what is on disk is shown until the server has answered. */
void          ahoy_contacts_open       (AhoyContacts *self,
                                        guint64       app_id,
                                        const char   *user_id);
/* It signed out. */
void          ahoy_contacts_close      (AhoyContacts *self);
/* The session stands; asks for the list when @full or when it was never here, and for everybody's presence. */
void          ahoy_contacts_refresh    (AhoyContacts *self,
                                        gboolean      full);
void          ahoy_contacts_take_push  (AhoyContacts *self,
                                        JsonObject   *data);

/* For ahoy-contacts-changes.c. */
void          ahoy_contacts_add_user    (AhoyContacts *self,
                                         AhoyUser     *user);
void          ahoy_contacts_remove_user (AhoyContacts *self,
                                         AhoyUser     *user);
void          ahoy_contacts_store_later (AhoyContacts *self);
/* Somebody is signed in. */
gboolean      ahoy_contacts_is_open     (AhoyContacts *self);
AhoySession  *ahoy_contacts_get_session (AhoyContacts *self);
AhoyPeople   *ahoy_contacts_get_people  (AhoyContacts *self);

G_END_DECLS
