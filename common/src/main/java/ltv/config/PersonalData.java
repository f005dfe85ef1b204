package ltv.config;

/**
 * How personal ids are hidden before they reach a table.
 *
 * @param hashKey key of the HMAC; the same key in every source, or links between sources are lost
 * @param hashKeyId a name for the key, stored beside the hashes, so that a rotation can be seen
 */
public record PersonalData(Secret hashKey, String hashKeyId) {
  public PersonalData {
    hashKeyId = hashKeyId == null ? "k1" : hashKeyId;
    new Problems().require("hash_key", hashKey).throwIfAny();
  }
}
