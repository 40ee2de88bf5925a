# SPDX-License-Identifier: GPL-3.0-or-later
# Completion of ahoyctl for bash. Commands and options are those that ahoyctl itself names.

_ahoyctl_words()
{
  LC_ALL=C ahoyctl "${names[@]}" "$@" 2>/dev/null
}

_ahoyctl_json() # KEY COMMAND…
{
  local key=$1
  shift
  _ahoyctl_words --json "$@" | grep -oE "\"$key\":\"[^\"]*\"" | cut -d '"' -f 4
}

_ahoyctl()
{
  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]} command="" words="" i before=0
  local -a names=()

  for ((i = 1; i < COMP_CWORD; i++)); do
    case ${COMP_WORDS[i]} in
      --bus-name) names=(--bus-name "${COMP_WORDS[i + 1]}"); ((i++)) ;;
      --bus-name=*) names=("${COMP_WORDS[i]}") ;;
      -*) ;;
      *) if [[ -z $command ]]; then command=${COMP_WORDS[i]}; else ((before++)); fi ;;
    esac
  done

  case $prev in
    --user-sig-file) mapfile -t COMPREPLY < <(compgen -f -- "$cur"); return ;;
    --wait) words="ringing connecting active ended" ;;
    --group) words=$(_ahoyctl_json group groups) ;;
    --record) words="on off" ;;
    --result) words="all missed incoming outgoing" ;;
    --call) words=$(_ahoyctl_json call status) ;;
    --bus-name|--server|--app-id|--user|--timeout|--user-data|--room|--room-number|--push-*|--wait-timeout) return ;;
    --count|--delete|--from|--until|--id) return ;;
  esac

  if [[ -z $words && $cur == -* ]]; then
    words=$(_ahoyctl_words ${command:+"$command"} --help | grep -oE '^  (-[a-z], )?--[a-z-]+' | grep -oE -- '--[a-z-]+')
  elif [[ -z $words && -z $command ]]; then
    words=$(_ahoyctl_words --help | sed -n '/^Commands:/,/^$/s/^  \([a-z][a-z-]*\).*/\1/p')
  elif [[ -z $words ]]; then
    case $command,$before in
      call,*|invite,*|block,0) words=$(_ahoyctl_json user contacts) ;;
      camera,0|mirror,0|voice-isolation,0|multi-device,0) words="on off" ;;
      join,0) words=$(_ahoyctl_json call groups) ;;
      unblock,0) words=$(_ahoyctl_json user blocked) ;;
      group,0) words="create rename add remove leave delete" ;;
      group,1) words=$(_ahoyctl_json group groups) ;;
      group,*) words=$(_ahoyctl_json user contacts) ;;
      switch,0) words="audio video" ;;
      resolution,*) words="360p 540p 720p 1080p landscape portrait" ;;
      beauty,0) words="0 1 2 3 4 5 6 7 8 9" ;;
      background,0) words="off low medium high $(compgen -f -- "$cur")" ;;
      cancel,0|view,0) words=$(_ahoyctl_json user status) ;;
      view,1) words="on off fill fit 0 90 180 270" ;;
      answer,0|reject,0|ignore,0|hangup,0|mute,0|unmute,0|camera,1|switch,1|stats,0) words=$(_ahoyctl_json call status) ;;
      contacts,0) words="add remove remark favourite" ;;
      contacts,1) words=$(_ahoyctl_json user contacts) ;;
      contacts,2) words="on off" ;;
      device,0) words="camera microphone speaker" ;;
      device,1) words="auto $(_ahoyctl_json id devices)" ;;
    esac
  fi

  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$cur")
}

complete -F _ahoyctl ahoyctl
