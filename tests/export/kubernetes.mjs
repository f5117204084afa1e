// kubernetes.mjs < JOB: holds a Job of batch/v1, as JSON, against the schema that Kubernetes
// publishes. It runs in a folder with node_modules.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const model = process.cwd() + "/node_modules/kubernetes-models/batch/v1/Job.js";
const { Job } = await import(pathToFileURL(model));
try {
  new Job(JSON.parse(readFileSync(0, "utf8"))).validate();
  console.log("valid");
} catch (error) {
  console.log(error.message);
}
