# SPDX-License-Identifier: GPL-3.0-or-later
# Completion of ahoyctl for fish. Commands and options are those that ahoyctl itself names.

function __ahoyctl_ask
    LC_ALL=C ahoyctl $argv 2>/dev/null
end

function __ahoyctl_commands
    __ahoyctl_ask --help | string match -rg '^  ([a-z][a-z-]*)(?: |$)' | string match -v ahoyctl
end

# The command that stands in the line already.
function __ahoyctl_command
    set -l commands (__ahoyctl_commands)
    for word in (commandline -opc)[2..]
        if contains -- $word $commands
            echo $word
            return 0
        end
    end
    return 1
end

function __ahoyctl_options
    __ahoyctl_ask (__ahoyctl_command) --help | string match -rg '^  (?:-\w, )?(--[a-z-]+)'
end

function __ahoyctl_json # KEY COMMAND
    __ahoyctl_ask --json $argv[2..] | string match -arg '"'$argv[1]'":"([^"]*)"'
end

function __ahoyctl_on
    contains -- (__ahoyctl_command) $argv
end

complete -c ahoyctl -f
complete -c ahoyctl -n 'not __ahoyctl_command >/dev/null' -a '(__ahoyctl_commands)'
complete -c ahoyctl -n 'string match -q -- "-*" (commandline -ct)' -a '(__ahoyctl_options)'
complete -c ahoyctl -n '__ahoyctl_on call invite contacts block' -a '(__ahoyctl_json user contacts)'
complete -c ahoyctl -n '__ahoyctl_on cancel view' -a '(__ahoyctl_json user status)'
complete -c ahoyctl -n '__ahoyctl_on answer reject ignore hangup mute unmute stats' -a '(__ahoyctl_json call status)'
complete -c ahoyctl -n '__ahoyctl_on contacts' -a 'add remove remark favourite'
complete -c ahoyctl -n '__ahoyctl_on camera mirror voice-isolation multi-device' -a 'on off'
complete -c ahoyctl -n '__ahoyctl_on switch' -a 'audio video'
complete -c ahoyctl -n '__ahoyctl_on view' -a 'on off fill fit 0 90 180 270'
complete -c ahoyctl -n '__ahoyctl_on resolution' -a '360p 540p 720p 1080p landscape portrait'
complete -c ahoyctl -n '__ahoyctl_on beauty' -a '0 1 2 3 4 5 6 7 8 9'
complete -c ahoyctl -n '__ahoyctl_on background' -F -a 'off low medium high'
complete -c ahoyctl -n '__ahoyctl_on device' -a 'camera microphone speaker auto (__ahoyctl_json id devices)'
complete -c ahoyctl -n '__ahoyctl_on login renew' -l user-sig-file -rF
