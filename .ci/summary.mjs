// Adds up vitest's JSON reports: node .ci/summary.mjs <folder> <exit code of the steps so far>
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder, status] = process.argv.slice(2);
const reports = readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')));
const sum = (field) => reports.reduce((total, report) => total + report[field], 0);

// A step that broke off, or a test file that could not even be read, is a failure that no test counted.
const brokenFiles = reports
  .flatMap(({ testResults }) => testResults)
  .filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.every((a) => a.status !== 'failed'),
  );
const failed = sum('numFailedTests') + brokenFiles.length;
console.log(`${sum('numPassedTests')} passed, ${failed === 0 && status !== '0' ? 1 : failed} failed`);
