package main

import (
	"bytes"
	"io"
	"strings"

	"github.com/spf13/cobra"
)

// bashAlone stands in for what cobra's script takes from the package
// bash-completion, which a fresh Debian has not and a Mac has not either: each TAB
// would say "command not found" there. Where the package is, it is used. A blank
// behind a backslash or in quotes parts no words here either; read would say so.
const bashAlone = `
__publish_words() {
    if declare -F _get_comp_words_by_ref >/dev/null 2>&1; then
        _get_comp_words_by_ref "$@"
        return
    fi
    local line=${COMP_LINE:0:COMP_POINT} c i raw= begun= quote=
    words=()
    __publish_typed=
    for ((i = 0; i < ${#line}; i++)); do
        c=${line:i:1}
        if [[ $c == "\\" && $quote != "'" ]]; then
            i=$((i + 1)) begun=1
            raw+=$c${line:i:1}
            __publish_typed+=${line:i:1}
        elif [[ -n $quote ]]; then
            raw+=$c
            if [[ $c == "$quote" ]]; then quote=; else __publish_typed+=$c; fi
        elif [[ $c == "'" || $c == '"' ]]; then
            quote=$c begun=1
            raw+=$c
        elif [[ $c == [[:space:]] ]]; then
            [[ -z $begun ]] || words+=("$raw")
            raw= __publish_typed= begun=
        else
            begun=1
            raw+=$c
            __publish_typed+=$c
        fi
    done
    words+=("$raw$quote") # what is still open is closed for eval
    cword=$((${#words[@]} - 1))
    cur=$raw
    prev=${words[cword - 1]}
}

# __publish_files [-d | EXTENSION|EXTENSION]: folders, and files with such names.
__publish_files() {
    if declare -F _filedir >/dev/null 2>&1; then
        _filedir "$@"
        return
    fi
    local name begin=$__publish_typed as=%s
    [[ $begin != -*=* ]] || begin=${begin#*=}
    compopt -o filenames 2>/dev/null || as=%q # bash 3 quotes no names
    while IFS= read -r name; do
        if [[ ! -d $name && $# -gt 0 ]]; then
            [[ $1 != -d ]] || continue
            case "|$1|" in *"|${name##*.}|"*) ;; *) continue ;; esac
        fi
        COMPREPLY+=("$(printf "$as" "$name")")
    done < <(compgen -f -- "$begin")
}
`

// bashCompletion writes the script for bash.
func bashCompletion(root *cobra.Command, w io.Writer) error {
	var script bytes.Buffer
	if err := root.GenBashCompletionV2(&script, true); err != nil {
		return err
	}
	text := strings.NewReplacer("_get_comp_words_by_ref ", "__publish_words ", "_filedir", "__publish_files").Replace(script.String())
	_, err := io.WriteString(w, text+bashAlone)
	return err
}
