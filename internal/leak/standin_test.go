package leak

import (
	"slices"
	"strings"
	"testing"

	"publish/internal/diag"
)

// Passwords of addresses that documentation shows in the place of one, and
// passwords that people chose.
var (
	shownPasswords = []string{
		"wrong_pass", "wrong-password", "wrongPassword", "WRONG_PASSWORD", "bad_password", "incorrect", "invalid", "not_the_password",
		"password", "pass", "dbpass", "db_password", "DB_PASSWORD", "userpass", "user_password", "root_password", "secretpassword", "secret_key",
		"example", "example-password", "changeme", "change_me", "changethis", "placeholder", "yourpassword", "your-password-here", "your_db_password", "the_password", "new.password",
		"mypassword", "my_secret_password", "test_password", "testpass", "dummy", "redacted", "REDACTED", "hidden", "pw",
		"<password>", "[password]", "{password}", "{{ password }}", "{{password}}", "${PASSWORD}", "$PASSWORD", "$(cat file)", "%PASSWORD%", "%s", "#{password}",
		strings.Repeat("x", 3), strings.Repeat("X", 3), strings.Repeat("x", 5), strings.Repeat("X", 8), "***", "********", "...", "…", "•••••", "___", "passw0rd", "p4ssw0rd", "s3cr3t", "abc123", "123456", "motdepasse", "mot_de_passe", "passwort", "geheim",
	}
	chosenPasswords = []string{
		"sunshine", "Sommer2024", "tr0ub4dor", "correcthorse", "horse-battery-staple", "wrong_pass_7f3a", "dbpass-8Kq2", "password-7Kx", "db_acme", "testarossa", "newton",
		"wrongness", "passat", "useless1", "adminka77", "keyboardcat", "mydogrex", "secretgarden", "theodora", "rootbeer", "Pa55phrase!9", "mysunshine", "bluefin-2019",
	}
)

func TestPasswordsInAddresses(t *testing.T) {
	s := New(Options{})
	told := func(address string) bool {
		return slices.ContainsFunc(s.Scan([]byte("so: "+address+" and\n")), func(f Finding) bool { return f.Code == diag.LeakSecret })
	}
	for _, scheme := range []string{"postgresql://app:", "https://wrong_user:", "redis://:"} {
		for _, password := range shownPasswords {
			if address := scheme + password + "@db.bluefin.net/app"; told(address) {
				t.Errorf("%s is told, and is no secret", address)
			}
		}
		for _, password := range chosenPasswords {
			if address := scheme + password + "@db.bluefin.net/app"; !told(address) {
				t.Errorf("%s is not told", address)
			}
		}
	}
}
