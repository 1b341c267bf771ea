package main

import (
	"bytes"
	"io"
	"strings"

	"github.com/spf13/cobra"
)

// bashAlone stands in for what cobra's script takes from the package
// bash-completion, which a fresh Debian has not and a Mac has not either: each TAB
// would say "command not found" there. Where the package is, it is used.
const bashAlone = `
__publish_words() {
    if declare -F _get_comp_words_by_ref >/dev/null 2>&1; then
        _get_comp_words_by_ref "$@"
        return
    fi
    local line=${COMP_LINE:0:COMP_POINT}
    read -ra words <<<"$line"
    [[ $line != *[[:space:]] ]] || words+=("")
    cword=$((${#words[@]} - 1))
    cur=${words[cword]}
    prev=${words[cword - 1]}
}

# __publish_files [-d | EXTENSION|EXTENSION]: folders, and files with such names.
__publish_files() {
    if declare -F _filedir >/dev/null 2>&1; then
        _filedir "$@"
        return
    fi
    local name
    compopt -o filenames 2>/dev/null
    while IFS= read -r name; do
        if [[ -d $name || $# -eq 0 ]]; then
            COMPREPLY+=("$name")
        elif [[ $1 != -d ]]; then
            case "|$1|" in *"|${name##*.}|"*) COMPREPLY+=("$name") ;; esac
        fi
    done < <(compgen -f -- "$cur")
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
