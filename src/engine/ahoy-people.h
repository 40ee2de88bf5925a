/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ahoy-session.h"
#include "ahoy-user-private.h"

G_BEGIN_DECLS

#define AHOY_TYPE_PEOPLE (ahoy_people_get_type ())
G_DECLARE_FINAL_TYPE (AhoyPeople, ahoy_people, AHOY, PEOPLE, GObject)

/* Every AhoyUser of an engine, one a user id; asks the server for names that are not known, many at once. */
AhoyPeople *ahoy_people_new              (AhoySession *session);
/* (transfer none) */
AhoyUser   *ahoy_people_get              (AhoyPeople  *self,
                                          const char  *user_id);
/* Like get, with what a message told of the profile, so that nobody has to ask. (transfer none) */
AhoyUser   *ahoy_people_learn            (AhoyPeople  *self,
                                          const char  *user_id,
                                          const char  *nickname,
                                          const char  *avatar);
void        ahoy_people_set_presence     (AhoyPeople  *self,
                                          const char  *user_id,
                                          const char  *state);
/* Nobody's presence is known while there is no connection. */
/* {id: state} as the server says it; may be NULL. */
void        ahoy_people_take_presence   (AhoyPeople   *self,
                                         JsonObject   *users);
void        ahoy_people_forget_presence  (AhoyPeople  *self);

G_END_DECLS
