package postmortem

import (
	"strings"
	"testing"
)

// Notations of languages other than English, on the same day as in
// TestScanEntryTime.
func TestScanEntryTimeOfOtherLanguages(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		// Digits and colons as wide as Chinese characters.
		{"１５：０５　停止", "2024-05-03T15:05:00|１５：０５|停止"},
		{"15：05：停止", "2024-05-03T15:05:00|15：05|停止"},
		{"**08：53** 断电", "2024-05-03T08:53:00|08：53|断电"},
		{"09：00～09：45 检查", "2024-05-03T09:00:00 to 2024-05-03T09:45:00|09：00～09：45|检查"},
		{"５月３日　１０：１５ 復旧", "2024-05-03T10:15:00|５月３日　１０：１５|復旧"},
		// Times of day in words around the clock.
		{"凌晨00:12 断网", "2024-05-04T00:12:00|凌晨00:12|断网"},
		{"上午9:05 定位", "2024-05-03T09:05:00|上午9:05|定位"},
		{"下午 3:20 恢复", "2024-05-03T15:20:00|下午 3:20|恢复"},
		{"晚上8点半 扩容", "2024-05-03T20:30:00|晚上8点半|扩容"},
		{"中午12点 报警", "2024-05-03T12:00:00|中午12点|报警"},
		{"午後 3:20 復旧", "2024-05-03T15:20:00|午後 3:20|復旧"},
		{"22 时 45 分 停止", "2024-05-03T22:45:00|22 时 45 分|停止"},
		{"15時30分頃、復旧", "~2024-05-03T15:30:00|15時30分頃|復旧"},
		{"约15:40 回滚", "~2024-05-03T15:40:00|约15:40|回滚"},
		{"10:30過ぎ 再起動", "~2024-05-03T10:30:00|10:30過ぎ|再起動"},
		{"9:10分 再起動", "2024-05-03T09:10:00|9:10分|再起動"},
		{"9時から10時まで 調査", "2024-05-03T09:00:00 to 2024-05-03T10:00:00|9時から10時|まで 調査"},
		{"21時15分 ～ 22時20分 停止", "2024-05-03T21:15:00 to 2024-05-03T22:20:00|21時15分 ～ 22時20分|停止"},
		{"5月3日(金) 9:10 検知", "2024-05-03T09:10:00|5月3日(金) 9:10|検知"},
		{"5月3日 周五 9:10 告警", "2024-05-03T09:10:00|5月3日 周五 9:10|告警"},
		{"18:10（JST）検知", "2024-05-03T18:10:00+09:00|18:10（JST）|検知"},
		{"14:05 北京时间 告警", "2024-05-03T14:05:00+08:00|14:05 北京时间|告警"},
		{"05-03〜05-07 停止", "2024-05-03 to 2024-05-07|05-03〜05-07|停止"},
		{"5月3日～7日：停止", "2024-05-03 to 2024-05-07|5月3日～7日|停止"},
		{"3 de maio de 2024 (sexta-feira)", "2024-05-03|3 de maio de 2024 (sexta-feira)|"},
		{"次日 00:20 恢复", "2024-05-04T00:20:00|次日 00:20|恢复"},
		{"翌日午前1時15分 復旧", "2024-05-04T01:15:00|翌日午前1時15分|復旧"},
		{"23:30〜翌0:20 停止", "2024-05-03T23:30:00 to 2024-05-04T00:20:00|23:30〜翌0:20|停止"},
		{"Le lendemain, 8h15 : rétabli", "2024-05-04T08:15:00|Le lendemain, 8h15|rétabli"},
		{"На следующий день в 9:00 пересчёт", "2024-05-04T09:00:00|На следующий день в 9:00|пересчёт"},
		{"Am nächsten Tag um 9 Uhr: Nachbesprechung", "2024-05-04T09:00:00|Am nächsten Tag um 9 Uhr|Nachbesprechung"},
		{"Le lendemain, tout va bien", "none"},
		{"第二天继续排查", "none"},
		// Russian.
		{"в 14:05 выкатили", "2024-05-03T14:05:00|14:05|выкатили"},
		{"14:05 МСК — выкатили", "2024-05-03T14:05:00+03:00|14:05 МСК|выкатили"},
		{"14:05 мск выкатили", "2024-05-03T14:05:00+03:00|14:05 мск|выкатили"},
		{"14:05 (МСК) выкатили", "2024-05-03T14:05:00+03:00|14:05 (МСК)|выкатили"},
		{"14:05 по Москве: выкатили", "2024-05-03T14:05:00+03:00|14:05 по Москве|выкатили"},
		{"с 14:05 до 15:40 сбой", "2024-05-03T14:05:00 to 2024-05-03T15:40:00|с 14:05 до 15:40|сбой"},
		{"около 14:40 откат", "~2024-05-03T14:40:00|около 14:40|откат"},
		{"Пт 03.05 13:20 ошибка", "2024-05-03T13:20:00|Пт 03.05 13:20|ошибка"},
		{"Пт 03.05 в 9:00 ошибка", "2024-05-03T09:00:00|Пт 03.05 в 9:00|ошибка"},
		{"Пт 03.05 после 12:00 ошибка", "~2024-05-03T12:00:00|Пт 03.05 после 12:00|ошибка"},
		{"3 мая, 14:05 ошибка", "2024-05-03T14:05:00|3 мая, 14:05|ошибка"},
		{"3 мая 2024 г., 14:05 ошибка", "2024-05-03T14:05:00|3 мая 2024 г., 14:05|ошибка"},
		{"3 мая 2024 года в 14:05 ошибка", "2024-05-03T14:05:00|3 мая 2024 года в 14:05|ошибка"},
		{"14 ч 05 мин: ошибка", "2024-05-03T14:05:00|14 ч 05 мин|ошибка"},
		{"14 часов 5 минут назад", "none"},
		// German.
		{"15 Uhr 30: Ursache", "2024-05-03T15:30:00|15 Uhr 30|Ursache"},
		{"15.30 Uhr MESZ: Ursache", "2024-05-03T15:30:00+02:00|15.30 Uhr MESZ|Ursache"},
		{"gegen 15.45 Uhr: bestellt", "~2024-05-03T15:45:00|gegen 15.45 Uhr|bestellt"},
		{"ab 19:27 Abbruch", "2024-05-03T19:27:00|19:27|Abbruch"},
		{"20:05–20:40 Uhr: Diagnose", "2024-05-03T20:05:00 to 2024-05-03T20:40:00|20:05–20:40 Uhr|Diagnose"},
		{"von 20:05 bis 20:40 Uhr Diagnose", "2024-05-03T20:05:00 to 2024-05-03T20:40:00|von 20:05 bis 20:40 Uhr|Diagnose"},
		{"03.05.2024, 18 Uhr: wieder da", "2024-05-03T18:00:00|03.05.2024, 18 Uhr|wieder da"},
		{"03.05., 18:00 Uhr: wieder da", "2024-05-03T18:00:00|03.05., 18:00 Uhr|wieder da"},
		{"Fr, 03.05., 18:00 Uhr: wieder da", "2024-05-03T18:00:00|Fr, 03.05., 18:00 Uhr|wieder da"},
		{"Fr. 3. Mai 18:00 wieder da", "2024-05-03T18:00:00|Fr. 3. Mai 18:00|wieder da"},
		{"kurz nach 18 Uhr: wieder da", "~2024-05-03T18:00:00|kurz nach 18 Uhr|wieder da"},
		{"15:31:41,8 Aufruf", "2024-05-03T15:31:41|15:31:41,8|Aufruf"},
		// French, Spanish, Portuguese.
		{"22 h 45 — certificat", "2024-05-03T22:45:00|22 h 45|certificat"},
		{"De 9 h à 9 h 30 — contrôles", "2024-05-03T09:00:00 to 2024-05-03T09:30:00|De 9 h à 9 h 30|contrôles"},
		{"Vers 10h, appels", "~2024-05-03T10:00:00|Vers 10h|appels"},
		{"2024-05-03 ~22h effacé", "~2024-05-03T22:00:00|2024-05-03 ~22h|effacé"},
		{"14:45 (+1h05) rétabli", "2024-05-03T14:45:00|14:45 (+1h05)|rétabli"},
		{"14:45 (+65 min) rétabli", "2024-05-03T14:45:00|14:45 (+65 min)|rétabli"},
		{"14:45 (T+1h05) restored", "2024-05-03T14:45:00|14:45 (T+1h05)|restored"},
		{"le vendredi 3 mai à 14h45 : a", "2024-05-03T14:45:00|vendredi 3 mai à 14h45|a"},
		{"Vendredi 3 mai, vers 14h45 : a", "~2024-05-03T14:45:00|Vendredi 3 mai, vers 14h45|a"},
		{"03/05 à 14h45 : a", "2024-05-03T14:45:00|03/05 à 14h45|a"},
		{"a las 9:35 a. m. restauración", "2024-05-03T09:35:00|9:35 a. m.|restauración"},
		{"9:35 p. m. restauración", "2024-05-03T21:35:00|9:35 p. m.|restauración"},
		{"Hacia las 10:30 se detiene", "~2024-05-03T10:30:00|Hacia las 10:30|se detiene"},
		{"A las 9.15 h fallan", "2024-05-03T09:15:00|9.15 h|fallan"},
		{"Entre las 10:30 y las 11:00 caen", "2024-05-03T10:30:00 to 2024-05-03T11:00:00|10:30 y las 11:00|caen"},
		{"Das 10:30 às 11:00 falhas", "2024-05-03T10:30:00 to 2024-05-03T11:00:00|Das 10:30 às 11:00|falhas"},
		{"às 22h11 ativado", "2024-05-03T22:11:00|22h11|ativado"},
		{"por volta das 15h suspeita", "~2024-05-03T15:00:00|por volta das 15h|suspeita"},
		{"14h05min falha", "2024-05-03T14:05:00|14h05min|falha"},
		{"3 de maio de 2024, 14h05 falha", "2024-05-03T14:05:00|3 de maio de 2024, 14h05|falha"},
		{"3 de mayo a las 14:05 fallo", "2024-05-03T14:05:00|3 de mayo a las 14:05|fallo"},
		{"14:05 BRT falha", "2024-05-03T14:05:00-03:00|14:05 BRT|falha"},
		{"14:05 ART fallo", "2024-05-03T14:05:00-03:00|14:05 ART|fallo"},
		{"14:05 (horário de Brasília) falha", "2024-05-03T14:05:00-03:00|14:05 (horário de Brasília)|falha"},
		// What only looks like a time.
		{"三点说明", "none"},
		{"с 3 серверами", "none"},
		{"по 15 минут", "none"},
		{"2 Minuten später", "none"},
		{"3時間後に復旧", "none"},
		{"2小时后恢复", "none"},
	} {
		if got := read(c.text); got != c.want {
			t.Errorf("%q\n got %s\nwant %s", c.text, got, c.want)
		}
	}
}

func TestFindDateInALanguage(t *testing.T) {
	for _, c := range []struct{ text, language, want string }{
		{"Retard du 04/05/2024", "fr", "2024-05-04"},
		{"Demora (12/09/2025)", "pt", "2025-09-12"},
		{"Delay on 04/05/2024", "en", ""},
		{"Delay on 04/05/2024", "", ""},
		{"Caída del 10/20/2025", "es", "2025-10-20"},
		{"versión 1/2/04/05/2024", "es", ""},
		{"2025 年 2 月 27 日", "zh", "2025-02-27"},
		{"2025年2月27号", "zh", "2025-02-27"},
		{"2025年2月30日", "ja", ""},
	} {
		got := ""
		if m, ok := FindDateIn(c.text, c.language); ok {
			got = m.DateString()
		}
		if got != c.want {
			t.Errorf("%q in %q: got %q, want %q", c.text, c.language, got, c.want)
		}
	}
}

func TestZoneNoteBehindTheFirstEvent(t *testing.T) {
	for text, want := range map[string]string{
		"# Verlauf\n\n8:02 Uhr – Anmeldung gestört (alle Zeiten MESZ)\n\n8:10 Uhr – Hotline meldet sich": "+02:00",
		"# Timeline\n\n- 08:02 it broke (all times UTC)\n- 08:10 it was seen":                            "Z",
		"# Timeline\n\n- 08:02 the job (which all run in UTC) broke\n- 08:10 it was seen":                "00",
	} {
		r, _ := readText(blocksOf(text), Context{Date: Moment{Time: civil(2024, 5, 3), Precision: Day}})
		if len(r.Facts.Timeline) != 2 {
			t.Fatalf("%q: %d events", text, len(r.Facts.Timeline))
		}
		for _, e := range r.Facts.Timeline {
			if got := e.At.String(); !strings.HasSuffix(got, want) {
				t.Errorf("%q: got %s, want %s", text, got, want)
			}
		}
	}
}

func TestCountermeasuresOfOtherLanguages(t *testing.T) {
	for text, want := range map[string]string{
		"上线前检查 负责人：李四 截止时间：2024-05-31":                                "unknown|李四|2024-05-31",
		"負荷試験を必須にする（担当：佐藤、期限：2024年5月31日）":                             "unknown|佐藤|2024-05-31",
		"【完了】設定値のレビューを追加":                                             "done||",
		"【未対応】文書の更新":                                                  "open||",
		"アラートの見直し：完了":                                                 "done||",
		"Zertifikate erneuern – erledigt":                             "done||",
		"Doku ergänzen (offen)":                                       "open||",
		"Lasttest. Verantwortlich: Betrieb, Frist: 31.10.2024":        "unknown|Betrieb|2024-10-31",
		"Limiter les verrous (porteur : Paul, échéance : 20/05/2024)": "unknown|Paul|2024-05-20",
		"Limiter les verrous (porteur : Paul, échéance : 04/05/2024)": "unknown|Paul|2024-05-04",
		"Copia diaria (Responsable: Ana; plazo: 30/05/2024)":          "unknown|Ana|2024-05-30",
		"Описать откат — в работе":                                    "in_progress||",
		"Увеличить пул (ответственная: Ольга, срок: 20.02.2024)":      "unknown|Ольга|2024-02-20",
		"Set the flag: done by hand it takes long":                    "unknown||",
		"Explain what to do when a deploy is not yet complete":        "unknown||",
	} {
		r, _ := readText(blocksOf("# Action items\n\n- "+text), Context{Language: "fr"})
		if len(r.Facts.Countermeasures) != 1 {
			t.Fatalf("%q: %d countermeasures", text, len(r.Facts.Countermeasures))
		}
		c := r.Facts.Countermeasures[0]
		if got := c.Status + "|" + c.Owner + "|" + c.Due.String(); got != want {
			t.Errorf("%q: got %s, want %s", text, got, want)
		}
	}
}

func TestNextDaySaidAgainIsTheSame(t *testing.T) {
	text := "# 时间线\n\n- 23:10 断网\n- 次日 00:20 重启\n- 次日 01:00 恢复\n- 01:30 确认"
	r, _ := readText(blocksOf(text), Context{Date: Moment{Time: civil(2024, 5, 3), Precision: Day}})
	got := ""
	for _, e := range r.Facts.Timeline {
		got += e.At.String() + " "
	}
	if want := "2024-05-03T23:10:00 2024-05-04T00:20:00 2024-05-04T01:00:00 2024-05-04T01:30:00 "; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
