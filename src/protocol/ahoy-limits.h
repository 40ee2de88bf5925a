/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What both ends of the wire hold each other to. Sizes are bytes, without a final NUL. */

#define AHOY_WIRE_PATH "/v1/ws"
#define AHOY_WIRE_PROTOCOL "ahoy.v1"
#define AHOY_WIRE_MAX_FRAME (64 * 1024)
/* json-glib recurses without a limit, so depth is counted before it sees the text. */
#define AHOY_WIRE_MAX_DEPTH 32
/* What the rows of one page may take, so that a frame has room for what stands around them. */
#define AHOY_WIRE_MAX_PAGE (48 * 1024)

#define AHOY_MAX_REQUEST_ID 64
#define AHOY_MAX_USER_ID 32
#define AHOY_MAX_DEVICE_ID 64
/* Sessions of one user, when there may be several. */
#define AHOY_MAX_DEVICES 16
#define AHOY_MAX_CALL_ID 64
#define AHOY_MAX_ROOM_ID 64
#define AHOY_ROOM_ID_CHARACTERS \
  "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 !#$%&()+-:;<=.>?@[]^_{}|~,"
#define AHOY_MAX_GROUP_ID 64
#define AHOY_MAX_NICKNAME 500
#define AHOY_MAX_AVATAR 500
#define AHOY_MAX_REMARK 500
#define AHOY_MAX_USER_DATA 1000
#define AHOY_MAX_USER_SIG 4096
#define AHOY_MAX_SDP (32 * 1024)
#define AHOY_MAX_CANDIDATES 64
#define AHOY_MAX_CANDIDATE 1024

/* People in a call, the inviter counted. */
#define AHOY_MAX_PEOPLE 9
/* People that a call remembers, with those who have left; whoever left first is forgotten first. */
#define AHOY_MAX_MEMBERS 40
#define AHOY_MAX_ROOM_NUMBER 2147483647
#define AHOY_MAX_PUSH_TITLE 200
#define AHOY_MAX_PUSH_TEXT 500
#define AHOY_MAX_PUSH_SOUND 100
#define AHOY_MAX_GROUP_NAME 100
#define AHOY_MAX_GROUP_MEMBERS 200
/* Groups of one user. */
#define AHOY_MAX_GROUPS 100
/* People whom one user has blocked. */
#define AHOY_MAX_BLOCKS 1000
#define AHOY_MAX_CONTACTS 2000
#define AHOY_MAX_CONTACTS_PAGE 500
#define AHOY_MAX_PROFILES 100
#define AHOY_MAX_PRESENCE 500
#define AHOY_MAX_RECORDS_PAGE 100

#define AHOY_RING_TIMEOUT_DEFAULT_S 30
#define AHOY_RING_TIMEOUT_MIN_S 10
#define AHOY_RING_TIMEOUT_MAX_S 600

#define AHOY_AUTH_TIMEOUT_S 5
#define AHOY_HEARTBEAT_S 10
/* How long a connection outlives its userSig when it is in no call. */
#define AHOY_LAPSED_S 60
#define AHOY_SESSION_TTL_S 120
#define AHOY_REPLAY_PUSHES 256
/* How long the answer to a request with a given id is remembered. */
#define AHOY_REQUEST_TTL_S 600
/* And of how many requests of one user. */
#define AHOY_MAX_REMEMBERED 1000
/* A member whose connection was closed by its end, and one that fell silent. */
#define AHOY_LOST_CLOSED_S 10
#define AHOY_LOST_SILENT_S 30
