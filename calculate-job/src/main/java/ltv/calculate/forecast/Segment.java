package ltv.calculate.forecast;

/** The users of a campaign on one platform in one country. */
public record Segment(String channel, String campaign, String platform, String country) {}
