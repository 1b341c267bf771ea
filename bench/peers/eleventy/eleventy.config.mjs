// The same pages as the other peers: reports, lists by service, tag and
// severity, a paged home, a feed, a sitemap.
import { InputPathToUrlTransformPlugin, IdAttributePlugin } from "@11ty/eleventy";
import hljs from "@11ty/eleventy-plugin-syntaxhighlight";

const byDate = (a, b) => b.date - a.date;
const slug = (text) => String(text).toLowerCase().replace(/[^a-z0-9]+/g, "-");

export default function (config) {
  config.addPlugin(InputPathToUrlTransformPlugin);
  config.addPlugin(IdAttributePlugin);
  config.addPlugin(hljs);
  config.addPassthroughCopy("style.css");
  const reports = (api) => api.getFilteredByGlob("content/*.md").sort(byDate);
  config.addCollection("reports", reports);
  config.addCollection("terms", (api) => {
    const terms = new Map();
    for (const report of reports(api)) {
      for (const [kind, names] of [["services", report.data.services], ["tags", report.data.labels], ["severity", [report.data.severity]]]) {
        for (const name of new Set(names)) {
          const key = `/${kind}/${slug(name)}/`;
          if (!terms.has(key)) terms.set(key, { kind, name, url: key, reports: [] });
          terms.get(key).reports.push(report);
        }
      }
    }
    return [...terms.values()];
  });
  config.addFilter("slug", slug);
  config.addFilter("day", (date) => date.toISOString().slice(0, 10));
  config.addFilter("words", (date) => date.toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" }));
  config.addFilter("first", (list, n) => list.slice(0, n));
  config.addFilter("kind", (terms, kind) => terms.filter((t) => t.kind === kind));
  config.addFilter("toc", (html) => [...html.matchAll(/<h([23]) id="([^"]+)"[^>]*>(.*?)<\/h\1>/g)].map(([, , id, text]) => `<li><a href="#${id}">${text}</a></li>`).join(""));
  return { pathPrefix: "/bench/", dir: { output: "public", includes: "_includes" }, markdownTemplateEngine: false, htmlTemplateEngine: "njk" };
}
