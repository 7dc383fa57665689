import type { Transcript } from '../transcript.js';
import { transcript as azureBlob } from './azure-blob.js';
import { transcript as azureDevops } from './azure-devops.js';
import { transcript as azureTable } from './azure-table.js';
import { transcript as commercetools } from './commercetools.js';
import { transcript as confluence } from './confluence.js';
import { transcript as contentful } from './contentful.js';
import { transcript as cosmos } from './cosmos.js';
import { transcript as couchdb } from './couchdb.js';
import { transcript as elasticsearch } from './elasticsearch.js';
import { transcript as etcd } from './etcd.js';
import { transcript as fhir } from './fhir.js';
import { transcript as firebaseRealtime } from './firebase-realtime.js';
import { transcript as firestore } from './firestore.js';
import { transcript as gcs } from './gcs.js';
import { transcript as ghost } from './ghost.js';
import { transcript as github } from './github.js';
import { transcript as googleApi } from './google-api.js';
import { transcript as grafana } from './grafana.js';
import { transcript as http } from './http.js';
import { transcript as kinto } from './kinto.js';
import { transcript as kubernetes } from './kubernetes.js';
import { transcript as lxd } from './lxd.js';
import { transcript as mediaWiki } from './media-wiki.js';
import { transcript as nodeRed } from './node-red.js';
import { transcript as odata } from './odata.js';
import { transcript as openProject } from './open-project.js';
import { transcript as openstack } from './openstack.js';
import { transcript as redmineWiki } from './redmine-wiki.js';
import { transcript as s3 } from './s3.js';
import { transcript as sanity } from './sanity.js';
import { transcript as solid } from './solid.js';
import { transcript as vault } from './vault.js';
import { transcript as wikibase } from './wikibase.js';

export const transcripts: readonly Transcript[] = [
  azureBlob,
  azureDevops,
  azureTable,
  commercetools,
  confluence,
  contentful,
  cosmos,
  couchdb,
  elasticsearch,
  etcd,
  fhir,
  firebaseRealtime,
  firestore,
  gcs,
  ghost,
  github,
  googleApi,
  grafana,
  http,
  kinto,
  kubernetes,
  nodeRed,
  odata,
  openstack,
  sanity,
  solid,
  vault,
  lxd,
  mediaWiki,
  openProject,
  redmineWiki,
  s3,
  wikibase,
];
