/**
 * The site file: YAML with {@code ${NAME}} and {@code *_file} secrets, bound to checked records
 * with every problem reported at once.
 */
package ltv.config;
