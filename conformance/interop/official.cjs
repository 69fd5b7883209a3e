// Calls the four operations with the publisher's client, and prints what came back as one line of JSON.
const { HighLevel } = require(process.env.INTEROP_CLIENT);

HighLevel.BASE_URL = process.env.INTEROP_URL;
const client = new HighLevel({
  privateIntegrationToken: process.env.INTEROP_TOKEN,
  apiVersion: "2021-07-28",
  logLevel: "none",
});
const companyId = process.env.INTEROP_COMPANY;
const snapshotId = process.env.INTEROP_SNAPSHOT;

async function main() {
  const out = {};
  out.list = await client.snapshots.getCustomSnapshots({ companyId });
  out.links = [];
  for (const share_type of ["link", "permanent_link", "agency_link", "location_link"]) {
    out.links.push(await client.snapshots.createSnapshotShareLink({ companyId }, {
      snapshot_id: snapshotId,
      share_type,
      relationship_number: "0-128-926,1-208-926",
      share_location_id: "loc1,loc2",
    }));
  }
  const page = { companyId, snapshotId, from: "2020-01-01T00:00:00Z", to: "2100-01-01T00:00:00Z", limit: "1" };
  out.pushes = await client.snapshots.getSnapshotPush(page);
  out.next = await client.snapshots.getSnapshotPush({ ...page, lastDoc: out.pushes.data[0].id });
  out.latest = await client.snapshots.getLatestSnapshotPush({ companyId, snapshotId, locationId: "loc1" });
  console.log("RESULT " + JSON.stringify(out));
}

main().then(() => process.exit(0), (err) => {
  console.error(err.message);
  process.exit(1);
});
