package ltv.sandbox.market;

import java.util.Locale;
import java.util.SplittableRandom;

/**
 * What AppsFlyer has of the campaign that brought a user. Mostly what the network passed on; now
 * and then only a name that somebody typed into a link.
 *
 * @param id empty for a link
 * @param name the campaign's on the day, or as it was typed
 */
public record ToldCampaign(String id, String name) {
  private static final int LINKS_IN = 8;
  private static final int WAYS = 4;

  /** The same for a user on every request; the user is of a campaign. */
  public static ToldCampaign of(User user) {
    Campaign campaign = user.campaign();
    String name = campaign.nameOn(user.installedAt().toLocalDate());
    SplittableRandom random = new SplittableRandom(~user.appsFlyerId().hashCode());
    // a network without reports has nothing that a name could be looked up in
    if (campaign.channel().equals(Campaign.NETWORK) || random.nextInt(LINKS_IN) > 0) {
      return new ToldCampaign(campaign.id(), name);
    }
    return new ToldCampaign(
        "",
        switch (random.nextInt(WAYS)) {
          case 0 -> name;
          case 1 -> name.replaceAll("[ |_]", "").toUpperCase(Locale.ROOT);
          // a link lives longer than the name, unless the name is another campaign's by now
          case 2 -> campaign.name().equals(Campaigns.USED_AGAIN) ? name : campaign.name();
          default -> slipped(name, random);
        });
  }

  /** One letter is missing. */
  private static String slipped(String name, SplittableRandom random) {
    int[] letters = name.chars().filter(Character::isLetter).toArray();
    int letter = name.indexOf(letters[random.nextInt(letters.length)]);
    return name.substring(0, letter) + name.substring(letter + 1);
  }
}
