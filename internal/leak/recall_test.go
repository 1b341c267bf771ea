package leak

import (
	"fmt"
	"hash/crc32"
	"slices"
	"strings"
	"testing"

	"publish/internal/diag"
)

// planted are secrets as they stand in logs, settings and chats, by kind. They
// are cooked when the test runs, so that none stands in the repository; they were
// written from the vendors' documentation, and not from the patterns.
var planted = map[string][]string{
	"AWS":           {"AKIA{base32:16}", "ASIA{base32:16}", "aws_secret_access_key={base64:40}", `"SecretAccessKey": "{base64:40}"`, "AWS_SECRET_ACCESS_KEY: {base64:40}"},
	"Google":        {"AIza{url:35}", "GOCSPX-{url:28}", `"private_key_id": "{hex:40}",`, "ya29.{url:120}"},
	"Azure":         {"DefaultEndpointsProtocol=https;AccountName=acme;AccountKey={base64:86}==;EndpointSuffix=core.windows.net", "https://acme.blob.core.windows.net/x?sv=2022-11-02&ss=b&sig={alnum:43}%3D", "{alnum:3}8Q~{alnum:34}", "Endpoint=sb://acme.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey={base64:43}="},
	"GitHub":        {"ghp_{alnum:36}", "gho_{alnum:36}", "ghs_{alnum:36}", "github_pat_{alnum:22}_{alnum:59}", "https://x-access-token:ghs_{alnum:36}@github.com/acme/app.git"},
	"GitLab":        {"glpat-{url:20}", "glrt-{url:20}", "gldt-{url:20}", "https://oauth2:glpat-{url:20}@gitlab.acme-hosting.net/a.git"},
	"Slack":         {"xoxb-{digit:12}-{digit:13}-{alnum:24}", "xoxp-{digit:11}-{digit:11}-{digit:12}-{hex:32}", "xapp-1-A{digit:10}-{digit:13}-{hex:64}", "https://hooks.slack.com/services/T{digit:8}/B{digit:10}/{alnum:24}"},
	"Stripe":        {"sk_live_{alnum:24}", "rk_live_{alnum:99}", "whsec_{alnum:32}"},
	"Twilio":        {"SK{hex:32}", "TWILIO_AUTH_TOKEN={hex:32}"},
	"SendGrid":      {"SG.{url:22}.{url:43}"},
	"Mailgun":       {"key-{hex:32}", "MAILGUN_API_KEY={hex:32}-{hex:8}-{hex:8}"},
	"npm":           {"npm_{alnum:36}", "//registry.example.com/:_authToken=npm_{alnum:36}"},
	"PyPI":          {"pypi-AgEIcHlwaS5vcmc{url:120}"},
	"Docker Hub":    {"dckr_pat_{url:27}", `"auth": "ZGVwbG95OlI4cVd6TXAzdEtuWQ=="`},
	"Heroku":        {"HEROKU_API_KEY={hex:8}-{hex:4}-{hex:4}-{hex:4}-{hex:12}", "HRKU-{hex:8}-{hex:4}-{hex:4}-{hex:4}-{hex:12}"},
	"DigitalOcean":  {"dop_v1_{hex:64}", "doo_v1_{hex:64}"},
	"OpenAI":        {"sk-{alnum:20}T3BlbkFJ{alnum:20}", "sk-proj-{url:58}T3BlbkFJ{url:58}"},
	"Anthropic":     {"sk-ant-api03-{url:93}AA"},
	"Datadog":       {"DD_API_KEY={hex:32}", "datadog_app_key: {hex:40}"},
	"PagerDuty":     {"PAGERDUTY_TOKEN=u+{alnum:16}42", "Authorization: Token token=y_{alnum:16}42", "pagerduty_routing_key: {hex:32}"},
	"Sentry":        {"https://{hex:32}@o{digit:6}.ingest.sentry.io/{digit:7}", "SENTRY_DSN=https://{hex:32}@sentry.acme-hosting.net/12", "sntryu_{hex:64}"},
	"Telegram":      {"{digit:10}:AA{url:33}", "https://api.telegram.org/bot{digit:9}:AA{url:33}/getMe"},
	"Discord":       {"https://discord.com/api/webhooks/{digit:18}/{url:68}", "https://discordapp.com/api/webhooks/{digit:19}/{url:68}", "MTA{alnum:21}.G{alnum:5}.{url:38}"},
	"Shopify":       {"shpat_{hex:32}", "shpss_{hex:32}"},
	"JWT":           {"eyJhbGciOiJSUzI1NiIsImtpZCI6IjcifQ.eyJzdWIiOiI0MjE3IiwiYWRtIjp0cnVlfQ.{url:86}", "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpYXQiOjE3MDAwMDAwMDB9.{url:43}"},
	"Vault":         {"hvs.{url:95}", "hvb.{url:140}"},
	"age":           {"AGE-SECRET-KEY-1{bech32:58}"},
	"private keys":  {"-----BEGIN RSA PRIVATE KEY-----\n{base64:64}\n{base64:64}\n-----END RSA PRIVATE KEY-----", "-----BEGIN OPENSSH PRIVATE KEY-----\n{base64:70}\n{base64:70}", "-----BEGIN PGP PRIVATE KEY BLOCK-----\nVersion: GnuPG v2\n\n{base64:64}\n{base64:64}", `"private_key": "-----BEGIN PRIVATE KEY-----\nMIIE{base64:60}\n{base64:64}\n`, "-----BEGIN EC PRIVATE KEY-----\n{base64:64}\n{base64:40}==", "-----BEGIN ENCRYPTED PRIVATE KEY-----\n{base64:64}\n{base64:64}"},
	"files":         {"db.acme-hosting.net:5432:app:deploy:{alnum:14}7", "machine git.acme-hosting.net login deploy password {alnum:14}7"},
	"URLs":          {"https://deploy:{alnum:13}7@repo.acme-hosting.net/x", "postgres://app:{alnum:13}7@db.acme-hosting.net:5432/app", "mysql://root:{alnum:13}7@10.42.7.17/app", "mongodb+srv://app:{alnum:13}7@c0.{lower:5}.mongodb.net/x", "redis://:{alnum:13}7@cache.acme-hosting.net:6379/0", "amqp://app:{alnum:13}7@mq.acme-hosting.net/v"},
	"assignments":   {"DB_PASSWORD={alnum:13}7x", "password: Tr0ub4dor&3x!", `password = "{alnum:11}!9z"`, "passwd: {alnum:9}$4kW", "API_KEY='{alnum:30}7a8'", "api-key: {hex:32}", `"client_secret": "{alnum:37}4b5"`, "SECRET_KEY_BASE={hex:128}", "access_token={alnum:37}8f9", "ENCRYPTION_KEY: {hex:64}", `apiKey: "{alnum:29}5c6"`, "DJANGO_SECRET_KEY='{alnum:45}7x8'", "mot de passe : {alnum:8}4!Ab", "mysql -u root --password={alnum:11}7b2 app", "PGPASSWORD={alnum:11}7b2 psql", `{\"password\":\"{alnum:11}7b2\"}`, "<password>{alnum:11}7b2</password>", "| db password | `{alnum:11}7b2` |", "the password was `{alnum:11}7b2`"},
	"headers":       {"Authorization: Bearer {alnum:37}7b8", "authorization: bearer {hex:64}", "Authorization: Basic ZGVwbG95OlI4cVd6TXAzdEtuWQ==", "X-Api-Key: {alnum:29}4d5", "curl -u deploy:{alnum:12}7b https://ops.acme-hosting.net/"},
	"cookies":       {"Set-Cookie: PHPSESSID={lowdigit:26}; path=/", "Cookie: sessionid={lowdigit:32}", "_acme_session={alnum:60}", "connect.sid=s%3A{alnum:32}.{alnum:43}"},
	"other vendors": {"glsa_{alnum:32}_{hex:8}", "NRAK-{upper:13}{digit:14}", "lin_api_{alnum:40}", "figd_{url:43}", "ATATT3xFfGF0{url:170}", "dapi{hex:32}", "tskey-auth-k{alnum:10}CNTRL-{alnum:32}", "{alnum:14}.atlasv1.{alnum:67}", "dp.st.prod.{alnum:43}", "PMAK-{hex:24}-{hex:34}", "rubygems_{hex:48}", "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", "gsk_{alnum:52}", "{hex:32}-us14", "xkeysib-{hex:64}-{alnum:16}", "pul-{hex:40}", "sq0csp-{url:43}", "phx_{alnum:43}", "ntn_{digit:11}{alnum:35}", "sbp_{hex:40}"},
}

// places are where an author may put one. %s is the secret.
var places = map[string]string{
	"text":          "The worker had %s in its environment.",
	"its own line":  "Before.\n\n%s\n\nAfter.",
	"code":          "It printed `%s` once.",
	"block of code": "```\n$ env\n%s\n```",
	"indented code": "    %s\n",
	"table":         "| name | value |\n|---|---|\n| a | %s |",
	"link target":   "[the call](%s)",
	"autolink":      "<%s>",
	"alt text":      "![the console with %s](a.png)",
	"comment":       "<!-- it was %s until May -->",
	"heading":       "## About %s\n",
	"item":          "- 09:21 somebody pasted %s",
	"quotation":     "> %s\n",
	"HTML":          `<p title="%s">x</p>`,
	"SVG":           "<svg><desc>%s</desc></svg>",
	"log":           "2024-01-01T09:21:07Z INFO start %s\n",
	"JSON":          `{"line": "%s"}`,
	"emphasis":      "It was **%s**, sadly.",
}

// TestRecall plants every secret in every place.
func TestRecall(t *testing.T) {
	s := New(Options{})
	total, found, secrets := 0, 0, 0
	var missed []string
	for kind, recipes := range planted {
		for i, recipe := range recipes {
			secrets++
			for place, around := range places {
				text := cook(recipe, uint64(100+i))
				if strings.Contains(text, "\n") && (place == "table" || place == "heading" || place == "link target" || place == "HTML" || place == "JSON") {
					continue
				}
				total++
				if slices.ContainsFunc(s.Scan([]byte(fmt.Sprintf(around, text)+"\n")), func(f Finding) bool { return f.Code == diag.LeakSecret }) {
					found++
				} else {
					missed = append(missed, kind+" in "+place+": "+recipe)
				}
			}
		}
	}
	t.Logf("%d secrets of %d kinds in %d places: %d of %d are found", secrets, len(planted), len(places), found, total)
	if secrets < 80 || len(planted) < 25 {
		t.Errorf("%d secrets of %d kinds are too few", secrets, len(planted))
	}
	slices.Sort(missed)
	if len(missed)*100 > total {
		t.Errorf("%d are missed:\n%s", len(missed), strings.Join(missed, "\n"))
	}
}

// TestGitHubChecksum: a token with a right checksum is one, whatever it looks like.
func TestGitHubChecksum(t *testing.T) {
	body := strings.Repeat("x", 30)
	sum, end := crc32.ChecksumIEEE([]byte(body)), ""
	for range 6 {
		end = string(base62[sum%62]) + end
		sum /= 62
	}
	for token, want := range map[string]int{"gh" + "p_" + body + end: 1, "gh" + "p_" + body + "000000": 0} {
		if found := New(Options{}).Scan([]byte(token)); len(found) != want {
			t.Errorf("%s: %d found, want %d", token, len(found), want)
		}
	}
}

func FuzzScan(f *testing.F) {
	for _, r := range rules().list {
		f.Add(cook(r.example, 1))
	}
	f.Add("<!-- allow leak-host: x -->\n```\n10.42.7.17\n")
	f.Add("# allow leak-secret\n|a|\n")
	s := New(Options{Own: []string{"a@b.net +33 6 28 47 19 35"}, Hosts: []string{"*.a.net", "x*"}})
	f.Fuzz(func(t *testing.T, text string) {
		last := 0
		for _, found := range s.Scan([]byte(text)) {
			if found.Start < last || found.End <= found.Start || found.End > len(text) {
				t.Errorf("a finding from %d to %d, after %d, of %d bytes", found.Start, found.End, last, len(text))
			}
			last = found.End
		}
		sheet := s.Sheet("a", Hash)
		sheet.Text([]byte(text), 7)
		for _, d := range sheet.Diags() {
			if d.Line < 7 || d.Line > 7+strings.Count(text, "\n") || d.Column < 1 {
				t.Errorf("%v is no place", d.Pos)
			}
		}
	})
}
