// SPDX-License-Identifier: LGPL-2.1-or-later
// Calls somebody, or answers whoever calls: gjs -m call.js SERVER APP_ID USER TICKET_FILE [PEER]
import Ahoy from "gi://Ahoy?version=1";
import GLib from "gi://GLib";
import System from "system";

const [server, appId, user, ticketFile, ...peers] = System.programArgs;
const loop = new GLib.MainLoop(null, false);
const engine = new Ahoy.Engine();
const ticket = new TextDecoder().decode(GLib.file_get_contents(ticketFile)[1]).trim();

engine.connect("call-added", (_engine, call) => {
  call.connect("notify::state", () => {
    if (call.get_state() !== Ahoy.CallState.ACTIVE)
      return;
    print(`talking with ${call.get_peer().get_user().get_display_name()}`);
    GLib.timeout_add_seconds(GLib.PRIORITY_DEFAULT, 2, () => {
      call.hang_up_async(null, null);
      return GLib.SOURCE_REMOVE;
    });
  });
  call.connect("ended", () => {
    print(`ended ${call.get_end_reason() === Ahoy.EndReason.HANG_UP ? "hang-up" : call.get_end_reason()}`);
    loop.quit();
  });
  if (call.get_state() === Ahoy.CallState.INCOMING)
    call.accept_async(false, null, null);
});
engine.login_async(server, Number(appId), user, ticket, null, (_engine, result) => {
  engine.login_finish(result);
  print("online");
  if (peers.length)
    engine.place_call(peers, Ahoy.CallMedia.AUDIO, null);
});
loop.run();
