package main

import (
	"fmt"
	"runtime"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"publish/internal/diag"
	"publish/internal/pattern"
)

// flags are the options that commands share.
type flags struct {
	site      string
	config    string
	baseURL   string
	drafts    bool
	future    bool
	audience  string
	now       string
	strict    bool
	keepGoing bool
	format    string
	jobs      int
	quiet     bool
	verbose   bool
	portable  bool // build only
}

// addTo declares the shared options for a command.
func (f *flags) addTo(c *cobra.Command) {
	set := c.Flags()
	set.StringVarP(&f.site, "site", "C", ".", "the site `folder`")
	set.StringVar(&f.config, "config", "", "the configuration `file`, from the site folder (default publish.yaml)")
	set.StringVar(&f.baseURL, "base-url", "", "the `address` under which the site will stand")
	set.BoolVar(&f.drafts, "drafts", false, "mix in drafts")
	set.BoolVar(&f.future, "future", false, "mix in what is dated later or under embargo")
	set.StringVar(&f.audience, "audience", "", "who will read: public or internal (default public)")
	set.StringVar(&f.now, "now", "", "the `date` or instant to take for now (default SOURCE_DATE_EPOCH, else the clock)")
	set.BoolVar(&f.strict, "strict", false, "count warnings as errors")
	set.BoolVar(&f.keepGoing, "keep-going", false, "leave out the files that have errors and go on with the rest; the status is 1 all the same")
	set.StringVar(&f.format, "format", "", "how to print: text, json, github or sarif (default text; in GitHub Actions github too)")
	set.IntVar(&f.jobs, "jobs", runtime.GOMAXPROCS(0), "how many files to work on at once")
	set.BoolVarP(&f.quiet, "quiet", "q", false, "print errors only")
	set.BoolVarP(&f.verbose, "verbose", "v", false, "print all notes, everything that was passed over, and all of what one file repeats")
}

// check refuses values that no command can work with.
func (f *flags) check() error {
	if f.audience != "" && f.audience != "public" && f.audience != "internal" {
		return usagef(meant("audience", f.audience, []string{"public", "internal"}, "use --audience public or --audience internal"), "unknown audience \"%s\"", f.audience)
	}
	if f.jobs < 1 {
		return usagef("use 1 or more", "--jobs %d cannot work", f.jobs)
	}
	return nil
}

// moment reads --now, SOURCE_DATE_EPOCH or the clock, in this order: the one
// place where publish asks for the time.
func (p *program) moment(f *flags, zone *time.Location) (time.Time, error) {
	if zone == nil {
		zone = time.UTC
	}
	if f.now != "" {
		for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05", "2006-01-02 15:04", time.DateOnly} {
			if t, err := time.ParseInLocation(layout, f.now, zone); err == nil {
				return t, nil
			}
		}
		return time.Time{}, usagef("write a date (2026-11-21) or an instant (2026-11-21T09:00:00Z)", "--now \"%s\" is not a time", f.now)
	}
	if epoch := p.getenv("SOURCE_DATE_EPOCH"); epoch != "" {
		seconds, err := strconv.ParseInt(epoch, 10, 64)
		if err != nil {
			return time.Time{}, usagef("it is a number of seconds since 1970", "SOURCE_DATE_EPOCH \"%s\" is not a time", epoch)
		}
		return time.Unix(seconds, 0).In(zone), nil
	}
	return p.clock().In(zone), nil
}

// What pflag says: about a value that a flag cannot take, a flag without its
// value, and a letter that is no flag.
var (
	badValue   = pattern.New(`^invalid argument "(.*)" for "(?:-\w, )?(--[\w-]+)" flag: `)
	noValue    = pattern.New(`^flag needs an argument: (?:'.' in )?(-.*)$`)
	unknownOne = pattern.New(`^unknown shorthand flag: '(.)' in`)
)

// flagError turns messages about flags into ones that name the flag that was
// probably meant, or what it takes. Where no command was recognised, the word
// in its place is the mistake, and not the flags behind it.
func (p *program) flagError(args []string) func(c *cobra.Command, err error) error {
	return func(c *cobra.Command, err error) error {
		if !c.HasParent() && len(args) > 0 && !strings.HasPrefix(args[0], "-") {
			return p.unknownCommand(c, args[:1])
		}
		message := err.Error()
		hint := fmt.Sprintf("see `%s --help`", c.CommandPath())
		if !c.HasParent() {
			hint = "flags stand behind a command; " + hint
		}
		if m := badValue.FindStringSubmatch(message); m != nil {
			return usagef(hint, "%s cannot be \"%s\"", m[2], m[1])
		}
		if m := noValue.FindStringSubmatch(message); m != nil {
			return usagef(hint, "%s needs a value", m[1])
		}
		if m := unknownOne.FindStringSubmatch(message); m != nil {
			return usagef(hint, "`%s` has no flag -%s", c.CommandPath(), m[1])
		}
		_, name, found := strings.Cut(message, "unknown flag: --")
		if !found {
			return usagef(hint, "%s", message)
		}
		var names []string
		c.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
		if near := diag.Nearest(name, names); near != "" {
			hint = "did you mean --" + near + "?"
		}
		return usagef(hint, "unknown flag --%s", name)
	}
}
