/** An account that does not exist. The stand-in knows its key and its token; the ids are those of the spec's examples. */

/** The key of the example in the vendor's signing guide. It is published, and belongs to no account. */
export const TEST_KEY = {
  accessKeyId: "QTWAOYTTINDUT2QVKYUC",
  secretAccessKey: "MFyfvK41ba2giqM7Uio6PznpdUKGpownRZlmVmHc",
};
export const TEST_TOKEN = "stand-in-token";
export const PROJECT_ID = "0549b4a43100d4f32f51c01c2fe4acdb";
export const DCS_INSTANCE_ID = "5560df16-cebf-4473-95c4-d1b573c16e79";
export const DDS_INSTANCE_ID = "a89dab5e39394eccbdb77b19d57b0180in02";
