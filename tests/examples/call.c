/* SPDX-License-Identifier: LGPL-2.1-or-later
 * Calls somebody, or answers whoever calls: call-c SERVER APP_ID USER TICKET_FILE [PEER] */
#include <ahoy-engine.h>
static char **args;
static GMainLoop *loop;
static gboolean on_talked (gpointer call) {
  ahoy_call_hang_up_async (call, NULL, NULL, NULL);
  return G_SOURCE_REMOVE;
}
static void on_state (AhoyCall *call) {
  if (ahoy_call_get_state (call) != AHOY_CALL_ACTIVE)
    return;
  g_print ("talking with %s\n", ahoy_user_get_display_name (ahoy_participant_get_user (ahoy_call_get_peer (call))));
  g_timeout_add_seconds (2, on_talked, call);
}
static void on_ended (AhoyCall *call) {
  g_print ("ended %s\n", ahoy_call_get_end_reason (call) == AHOY_END_REASON_HANG_UP ? "hang-up" : "otherwise");
  g_main_loop_quit (loop);
}
static void on_call (AhoyEngine *engine, AhoyCall *call) {
  g_signal_connect (call, "notify::state", G_CALLBACK (on_state), NULL);
  g_signal_connect (call, "ended", G_CALLBACK (on_ended), NULL);
  if (ahoy_call_get_state (call) == AHOY_CALL_INCOMING)
    ahoy_call_accept_async (call, FALSE, NULL, NULL, NULL);
}
static void on_login (GObject *engine, GAsyncResult *result, gpointer data) {
  g_print ("%s\n", ahoy_engine_login_finish (AHOY_ENGINE (engine), result, NULL) ? "online" : "refused");
  if (args[5])
    g_object_unref (ahoy_engine_place_call (AHOY_ENGINE (engine), (const char **) args + 5, AHOY_CALL_MEDIA_AUDIO, NULL, NULL));
}
int main (int argc, char **argv) {
  g_autoptr (AhoyEngine) engine = ahoy_engine_new ();
  char *ticket = NULL;
  if (argc < 5 || !g_file_get_contents ((args = argv)[4], &ticket, NULL, NULL))
    return 64;
  g_signal_connect (engine, "call-added", G_CALLBACK (on_call), NULL);
  ahoy_engine_login_async (engine, argv[1], g_ascii_strtoull (argv[2], NULL, 10), argv[3], g_strstrip (ticket), NULL, on_login, NULL);
  g_main_loop_run ((loop = g_main_loop_new (NULL, FALSE)));
}
