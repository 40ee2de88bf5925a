# SPDX-License-Identifier: GPL-3.0-or-later
# Completion of ahoyctl for bash.

_ahoyctl()
{
  local commands="login logout status watch call answer reject ignore hangup mute unmute camera history contacts
    devices device set-name version"
  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]} command="" i

  for ((i = 1; i < COMP_CWORD; i++)); do
    if [[ " ${commands//$'\n'/ } " == *" ${COMP_WORDS[i]} "* ]]; then
      command=${COMP_WORDS[i]}
      break
    fi
  done

  case $prev in
    --user-sig-file) mapfile -t COMPREPLY < <(compgen -f -- "$cur"); return ;;
    --wait) mapfile -t COMPREPLY < <(compgen -W "ringing connecting active ended" -- "$cur"); return ;;
    --record) mapfile -t COMPREPLY < <(compgen -W "on off" -- "$cur"); return ;;
    --group|--user-data|--room|--room-number|--push-*|--bus-name|--server|--app-id|--user|--timeout|--wait-timeout|--count|--delete) return ;;
  esac

  case $command in
    "") mapfile -t COMPREPLY < <(compgen -W "$commands --json --bus-name --version --help" -- "$cur") ;;
    login) mapfile -t COMPREPLY < <(compgen -W "--server --app-id --user --user-sig-file" -- "$cur") ;;
    call)
      if [[ $cur == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "--video --audio --no-camera --timeout --group --user-data
          --room --room-number --ephemeral --record --push-title --push-text --push-sound --no-push --wait
          --wait-timeout" -- "$cur")
      else
        mapfile -t COMPREPLY < <(compgen -W "$(ahoyctl contacts 2>/dev/null | awk '{print $(NF > 2 && $1 == "*" ? 3 : 2)}')" -- "$cur")
      fi ;;
    answer) mapfile -t COMPREPLY < <(compgen -W "--no-camera --wait --wait-timeout" -- "$cur") ;;
    camera) mapfile -t COMPREPLY < <(compgen -W "on off" -- "$cur") ;;
    history) mapfile -t COMPREPLY < <(compgen -W "--missed --count --delete --clear" -- "$cur") ;;
    contacts) mapfile -t COMPREPLY < <(compgen -W "add remove remark favourite" -- "$cur") ;;
    device) mapfile -t COMPREPLY < <(compgen -W "camera microphone speaker" -- "$cur") ;;
  esac
}

complete -F _ahoyctl ahoyctl
