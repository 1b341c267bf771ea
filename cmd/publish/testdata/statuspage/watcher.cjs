// Asks what the npm package statuspage.js asks, and watches with it:
// node watcher.cjs URL
//
// The package knows no address but https://ID.statuspage.io. As in many firms, a
// proxy of the environment answers; here it answers with what stands at URL.
// Prints all eight answers in a line, then "watching", then the update that came.
const http = require("http");
const { Statuspage, StatuspageUpdates } = require("statuspage.js");

const proxy = http.createServer(async (request, response) => {
  const asked = new URL(request.url);
  if (asked.origin !== "https://example.statuspage.io") throw new Error("asked " + asked);
  const answer = await fetch(process.argv[2] + asked.pathname);
  response.writeHead(answer.status, { "content-type": answer.headers.get("content-type") });
  response.end(await answer.text());
});

proxy.listen(0, "127.0.0.1", async () => {
  for (const name of ["no_proxy", "NO_PROXY"]) delete process.env[name];
  process.env.https_proxy = "http://127.0.0.1:" + proxy.address().port;
  const client = new Statuspage("example");
  console.log(JSON.stringify({
    summary: await client.summary(),
    status: await client.status(),
    components: await client.components(),
    incidents: await client.allIncidents(),
    unresolved: await client.unresolvedIncidents(),
    maintenances: await client.allScheduledMaintenances(),
    active: await client.activeScheduledMaintenances(),
    upcoming: await client.upcomingScheduledMaintenances(),
  }));
  const updates = new StatuspageUpdates("example", 100);
  updates.once("run", () => console.log("watching"));
  updates.once("incident_update", (incident) => {
    console.log(JSON.stringify(incident));
    process.exit();
  });
  updates.start();
});
