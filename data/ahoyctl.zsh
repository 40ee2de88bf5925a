#compdef ahoyctl
# SPDX-License-Identifier: GPL-3.0-or-later
# Completion of ahoyctl for zsh. Commands and options are those that ahoyctl itself names.

_ahoyctl_ask() {
  LC_ALL=C ahoyctl "$@" 2>/dev/null
}

_ahoyctl_json() { # KEY COMMAND
  _ahoyctl_ask --json "${@:2}" | grep -oE "\"$1\":\"[^\"]*\"" | cut -d '"' -f 4
}

_ahoyctl() {
  local -a commands offered
  local command
  commands=(${(f)"$(_ahoyctl_ask --help | sed -n '/^Commands:/,/^$/s/^  \([a-z][a-z-]*\).*/\1/p')"})
  command=${words[2,CURRENT-1][(r)${(j:|:)~commands}]}

  if [[ ${words[CURRENT-1]} == --user-sig-file ]]; then
    _files
    return
  elif [[ ${words[CURRENT]} == -* ]]; then
    offered=(${(f)"$(_ahoyctl_ask ${command:+$command} --help | grep -oE '^  (-[a-z], )?--[a-z-]+' | grep -oE -- '--[a-z-]+')"})
  elif [[ -z $command ]]; then
    offered=($commands)
  else
    case $command in
      call|invite|block) offered=(${(f)"$(_ahoyctl_json user contacts)"}) ;;
      contacts) offered=(add remove remark favourite ${(f)"$(_ahoyctl_json user contacts)"}) ;;
      cancel) offered=(${(f)"$(_ahoyctl_json user status)"}) ;;
      view) offered=(${(f)"$(_ahoyctl_json user status)"} on off fill fit 0 90 180 270) ;;
      answer|reject|ignore|hangup|mute|unmute|stats) offered=(${(f)"$(_ahoyctl_json call status)"}) ;;
      camera|mirror|voice-isolation|multi-device) offered=(on off) ;;
      switch) offered=(audio video) ;;
      resolution) offered=(360p 540p 720p 1080p landscape portrait) ;;
      beauty) offered=({0..9}) ;;
      background) _files; offered=(off low medium high) ;;
      device) offered=(camera microphone speaker auto ${(f)"$(_ahoyctl_json id devices)"}) ;;
    esac
  fi

  compadd -- $offered
}

_ahoyctl "$@"
