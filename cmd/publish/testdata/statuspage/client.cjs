// Asks an address through the npm package statuspage.io and prints all that it
// answers: node client.cjs URL
const { Statuspage } = require("statuspage.io");

const client = new Statuspage("example");
client.setApiUrl(process.argv[2]);
const { getSummary, getStatus, getComponents, incidents, scheduledMaintenances } = client.api;

(async () => {
  console.log(JSON.stringify({
    summary: await getSummary(),
    status: await getStatus(),
    components: await getComponents(),
    incidents: await incidents.getAll(),
    unresolved: await incidents.getUnresolved(),
    upcoming: await scheduledMaintenances.getUpcoming(),
  }));
})();
