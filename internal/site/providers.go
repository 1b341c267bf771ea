package site

import (
	"net/url"
	"slices"
	"strings"

	"publish/internal/postmortem"
)

// Provider is somebody else whose fault incidents were, as the reports state.
type Provider struct {
	Name string
	// Slug is the provider's anchor on the page of all providers.
	Slug string
	// Incidents are newest first.
	Incidents []UpstreamIncident
}

// UpstreamIncident is one of our incidents with what its report says of the
// provider's own.
type UpstreamIncident struct {
	Page *Page
	// Own are the provider's incidents, with an address or a name each.
	Own []postmortem.Upstream
}

// Providers groups the incidents by provider, by name. A provider without a
// name is called by the host of its report.
func (s *Site) Providers() []Provider {
	var terms []*Term
	byKey := map[string]*Provider{}
	for _, p := range s.Posts {
		if !p.isIncident() {
			continue
		}
		for _, u := range p.Head.Upstream {
			name := providerName(u)
			key := foldName(name)
			if key == "" {
				continue
			}
			if byKey[key] == nil {
				byKey[key] = &Provider{Name: name}
				terms = append(terms, &Term{Name: name})
			}
			byKey[key].add(p, u)
		}
	}
	name(terms, "")
	slices.SortFunc(terms, func(x, y *Term) int { return strings.Compare(foldName(x.Name), foldName(y.Name)) })
	var providers []Provider
	for _, t := range terms {
		provider := byKey[foldName(t.Name)]
		provider.Slug = t.Slug
		providers = append(providers, *provider)
	}
	return providers
}

func (v *Provider) add(p *Page, u postmortem.Upstream) {
	if n := len(v.Incidents); n == 0 || v.Incidents[n-1].Page != p {
		v.Incidents = append(v.Incidents, UpstreamIncident{Page: p})
	}
	if u.URL != "" || u.ID != "" {
		last := &v.Incidents[len(v.Incidents)-1]
		last.Own = append(last.Own, u)
	}
}

func providerName(u postmortem.Upstream) string {
	if name := strings.Join(strings.Fields(u.Provider), " "); name != "" {
		return name
	}
	if address, err := url.Parse(u.URL); err == nil {
		return address.Hostname()
	}
	return ""
}
