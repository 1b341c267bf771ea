package check

import (
	"cmp"
	"context"
	"maps"
	"net/url"
	"slices"
	"strings"
	"sync"

	"publish/internal/diag"
	"publish/internal/site"
)

// external asks the addresses of other sites that the pages lead to, and tells of
// those that are gone, in each place where an author wrote them.
func external(ctx context.Context, in Input) diag.List {
	var list diag.List
	if in.Asker == nil {
		return nil
	}
	led := in.ledTo()
	answers := in.Asker.All(ctx, slices.Collect(maps.Keys(led)))
	if !in.Asker.Reached() {
		return nil // nothing is known of any: the machine may be offline
	}
	for address, places := range led {
		answer := answers[address]
		for _, at := range places {
			answer.report(&list, at, address)
		}
	}
	return list
}

// spot is where an address is written: a place in a file, or else, since settings and
// layouts write on every page, a page of the site.
type spot struct {
	pos  diag.Pos
	page string
}

func (a Answer) report(list *diag.List, at spot, address string) {
	address = "\"" + address + "\""
	if at.pos.File == "" {
		address += ", where the page " + at.page + " leads,"
	}
	switch a.State {
	case Gone:
		list.Report(diag.LinkGone, at.pos, "correct the address, or lead to a copy that an archive of the web keeps", "%s is gone: %s", address, a.Reason)
	case Silent:
		list.Report(diag.LinkSilent, at.pos, "open it in a browser: some sites answer people and no programs", "%s did not say whether it is there: %s", address, a.Reason)
	case Moved:
		list.Report(diag.LinkMoved, at.pos, "write the new address", "%s has moved for good to \"%s\"", address, a.To)
	}
}

// ledTo are the addresses of other sites, with where they are written: each link of a
// text; else the file whose pages alone lead there; else the first page that does.
func (in Input) ledTo() map[string][]spot {
	led := map[string][]spot{}
	for _, p := range slices.Concat(in.Site.Posts, in.Site.Pages, in.Site.Translations, []*site.Page{in.Site.Home}) {
		if p == nil {
			continue
		}
		for _, l := range p.Body().Links {
			at := spot{pos: l.Pos}
			if address, ok := in.elsewhere(l.Dest); ok && !slices.Contains(led[address], at) {
				led[address] = append(led[address], at)
			}
		}
	}
	for address, at := range in.shownOnly(led) {
		led[address] = []spot{at}
	}
	return led
}

// shownOnly are the addresses that pages show and no text writes: those of front
// matter, settings and layouts.
func (in Input) shownOnly(written map[string][]spot) map[string]spot {
	shown, several := map[string]spot{}, map[string]bool{}
	for i, r := range in.Table.All() {
		place := sync.OnceValue(func() diag.Pos { return in.place(r) }) // it looks through all files
		for _, link := range in.rendered[i].links {
			address, ok := in.elsewhere(link)
			if !ok || written[address] != nil || in.isOfRepository(address) {
				continue
			}
			at, seen := shown[address]
			switch pos := place(); {
			case !seen:
				shown[address] = spot{pos, r.Path}
			case pos.File == "" || pos == at.pos || several[address]:
			case at.pos.File == "":
				shown[address] = spot{pos, at.page}
			default:
				shown[address], several[address] = spot{page: at.page}, true
			}
		}
	}
	return shown
}

// elsewhere says that a link leads to the web and not to this site, which may not stand
// there yet, and gives the address without a place on its page: who answers is not told
// of it.
func (in Input) elsewhere(link string) (address string, ok bool) {
	u, err := url.Parse(link)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return "", false
	}
	if own := in.Site.Links.Absolute("/"); own != "" && strings.HasPrefix(link+"/", own) {
		return "", false
	}
	u.Fragment, u.RawFragment = "", ""
	return u.String(), true
}

// isOfRepository says that an address is one of those that layouts make for each page:
// its source, where it is edited, where a fault is told.
func (in Input) isOfRepository(address string) bool {
	repository := strings.TrimSuffix(cmp.Or(in.Site.Config.Repository, "-"), "/")
	return strings.HasPrefix(address, repository+"/")
}
