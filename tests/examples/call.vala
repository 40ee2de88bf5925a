// SPDX-License-Identifier: LGPL-2.1-or-later
// Calls somebody, or answers whoever calls: call-vala SERVER APP_ID USER TICKET_FILE [PEER]
static MainLoop loop;

static void follow (Ahoy.Call call) {
  call.notify["state"].connect (() => {
    if (call.get_state () != Ahoy.CallState.ACTIVE)
      return;
    print ("talking with %s\n", call.get_peer ().get_user ().get_display_name ());
    Timeout.add_seconds (2, () => { call.hang_up_async.begin (null); return Source.REMOVE; });
  });
  call.ended.connect (() => {
    print ("ended %s\n", call.get_end_reason () == Ahoy.EndReason.HANG_UP ? "hang-up" : "otherwise");
    loop.quit ();
  });
  if (call.get_state () == Ahoy.CallState.INCOMING)
    call.accept_async.begin (false, null);
}

static async void run (Ahoy.Engine engine, string[] args) {
  try {
    string ticket;
    FileUtils.get_contents (args[4], out ticket);
    yield engine.login_async (args[1], uint64.parse (args[2]), args[3], ticket.strip (), null);
    print ("online\n");
    if (args.length > 5)
      engine.place_call (args[5:args.length], Ahoy.CallMedia.AUDIO, null);
  } catch (Error error) {
    printerr ("%s\n", error.message);
  }
}

static void main (string[] args) {
  var engine = new Ahoy.Engine ();
  loop = new MainLoop ();
  engine.call_added.connect (follow);
  run.begin (engine, args);
  loop.run ();
}
