package dev.phial.masking;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each family: what it takes, and what only looks like it. */
class FamiliesTest {

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      ssn 536-27-8841 seen                               | ssn *SSN* seen
      value 536-27-8841                                  | value *SSN*
      ssn_full=536278841 rc=0                            | ssn_full=*SSN* rc=0
      mrn: 4471920, ok                                   | mrn: *MRN*, ok
      dob=1984-07-06                                     | dob=*DATE*
      medicare 1EG4TE5MK73 ok                            | medicare *HEALTH_PLAN* ok
      medicare 1EG4-TE5-MK73 ok                          | medicare *HEALTH_PLAN* ok
      card 4111111111111111 declined                     | card *ACCOUNT* declined
      got 4111 1111 1111 1111 today                      | got *ACCOUNT* today
      iban GB82WEST12345698765432 x                      | iban *ACCOUNT* x
      call (212) 555-0143 now                            | call *PHONE* now
      fax 212-555-0143                                   | fax *FAX*
      mail ann.lee@example.org bounced                   | mail *EMAIL* bounced
      from 10.1.2.3 port 22                              | from *IP* port 22
      peer 2001:db8::7 up                                | peer *IP* up
      via 10.1.2.3, vpn 10.1.2.4, vip=10.1.2.5           | via *IP*, vpn *IP*, vip=*IP*
      visitor 10.1.2.3 and bulky 10.1.2.4                | visitor *IP* and bulky *IP*
      to node-7/10.1.2.3:8020 and host/10.1.2.4          | to node-7/*IP*:8020 and host/*IP*
      Chrome/10.1.2.3:443 is a host and a port           | Chrome/*IP*:443 is a host and a port
      from web.Chrome/10.1.2.3 to Server/10.1.2.4        | from web.Chrome/*IP* to Server/*IP*
      "Mozilla/5.0 (X11)" Server/10.1.2.4                | "Mozilla/5.0 (X11)" Server/*IP*
      Mozilla/5.0 (X11) Chrome/120.0.0.0 10.1.2.3        | Mozilla/5.0 (X11) Chrome/120.0.0.0 *IP*
      {"ua":"curl/8.1","x":"chrome/10.1.2.3"}            | {"ua":"curl/8.1","x":"chrome/*IP*"}
      get https://portal.example.org/p/7 done            | get *URL* done
      vin 1M8GDM9AXKP042788 scanned                      | vin *VEHICLE* scanned
      moved 1M8GDM9AXKP042788 away                       | moved *VEHICLE* away
      udi (01)00643169007222(21)A12 in stock             | udi *DEVICE* in stock
      prescriber dea AB1234563 ok                        | prescriber dea *LICENSE* ok
      seen by Dr. Ann Lee today                          | seen by *NAME* today
      patient name: Ann Lee, mrn: 123456                 | patient name: *NAME*, mrn: *MRN*
      home address Tylova 285 (attempt 2)                | home address *GEO* (attempt 2)
      <ssn>536-27-8841</ssn>                             | <ssn>*SSN*</ssn>
      at 4200 Élan Street today                          | at *GEO* today
      """)
  void takes(String line, String masked) {
    assertThat(Lines.mask(line)).isEqualTo(masked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-04T16:14:29.372Z INFO ready in 812 ms, build 4.21.73",
        "17/06/09 20:10:57 INFO output.FileOutputCommitter: File Output Committer Algorithm version is 1",
        "area 000-12-3456 and 666-12-3456",
        "card-like 4111111111111112",
        "file name: john.pdf, host name: web-1",
        "uuid 8f14e45f-ceea-467f-ad5b-1e0a3c4d2b11 oid 2.16.840.1.113883.4.1",
        "name=com.android.systemui, ws=null, uid=10037",
        "address 0x7ffe1234 of block blk_-1608999687919862906",
        "attempt_1445144423722_0020_m_000001_0 took 1481 ms",
        "at org.example.upload.Handler.run(Handler.java:976)",
        "part 1M8GDM9A1KP042788",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36",
        "{\"ua\":\"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/120.0.0.0 Safari/537.36 Edg/120.0.0.0\"}",
        "agent=\"Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/120.0.0.0 Mobile Safari/537.36 OPR/79.0.0.0\"",
        "ua=Mozilla%2F5.0%20%28X11%29%20Chrome%2F120.0.0.0",
        "Mozilla/5.0 (iPad; CPU) AppleWebKit/605.1.15 Version/17.2.0.1 Acrobat/23.8.20.4 Safari/605.1.15",
        "version 1.2.3.4, version=1.2.3.4, ver: 1.2.3.4, v1.2.3.4, v 1.2.3.4, build 1.2.3.4, firmware 7.1.2.3",
      })
  void leaves(String line) {
    assertThat(Lines.mask(line)).isEqualTo(line);
  }

  @Test
  void labelsStandForNothingMore() {
    String once = Lines.mask("patient name: Ann Lee, ssn=536-27-8841");
    assertThat(Lines.mask(once)).isEqualTo(once);
  }
}
