// Choosing a PIN, remembering and forgetting devices.
#include "people/page_parts.h"
#include "people/pages.h"
#include "people/pin.h"

namespace danchu::people {
namespace {

using web::Reply;
using web::Request;

struct PinPage {
  bool has_pin = false, offer_remember = false, offer_change = true;
  PinForm remember_form;
  SetPin form;
};
DANCHU_RECORD(PinPage, has_pin, offer_remember, offer_change, remember_form, form)

struct ForgetDevice {
  Id<DeviceRow> device;
  static constexpr About about[] = {{"device", N_("Device"), ""}};
};
DANCHU_RECORD(ForgetDevice, device)

PinPage pin_page(Request& q) {
  return q.site().db.read([&](store::Reader& r) {
    PinPage page;
    page.has_pin = page.offer_remember = has_pin(r, q.viewer().account);
    for (const DeviceShown& device : devices_of(r, q.viewer().account, q.device_token(), q.now()))
      page.offer_remember = page.offer_remember && !device.this_one;
    return page;
  });
}

Reply show_pin(Request& q) {
  if (!may_have_pin(q.viewer().posts))
    return q.refuse(
        problem(Fault::denied, N_("Only a village's head, Front head and digital helper have a PIN")));
  return q.show("people/pin", pin_page(q));
}

Reply do_set_pin(Request& q) {
  PinPage page = pin_page(q);
  page.offer_remember = false;  // both forms have a PIN; a problem belongs to the one that was sent
  auto form = q.read<SetPin>();
  if (!form) return q.show_again("people/pin", page, form.problems());
  auto done = set_pin(q.site().db, q.viewer().account, *form, device_of(q), q.device_token());
  if (!done) return q.show_again("people/pin", page, done.problems());
  if (*done) q.set_device((*done)->token, (*done)->expires);
  return q.see_other("/tai-khoan",
                     *done ? N_("The PIN is saved. This device remembers you.") : N_("The PIN is saved."));
}

Reply do_remember(Request& q) {
  PinPage page = pin_page(q);
  page.offer_change = false;
  auto form = q.read<PinForm>();
  if (!form) return q.show_again("people/pin", page, form.problems());
  auto done = remember_device(q.site().db, q.viewer().account, *form, device_of(q), q.device_token());
  if (!done) return q.show_again("people/pin", page, done.problems());
  q.set_device(done->token, done->expires);
  return q.see_other("/tai-khoan", N_("This device remembers you. From now on it asks for the PIN only."));
}

Reply do_forget(Request& q) {
  auto form = q.read<ForgetDevice>();
  if (!form) return q.refuse(form.problems());
  auto done = forget_device(q.site().db, q.viewer().account, form->device, q.session_token());
  return done ? q.see_other("/tai-khoan", N_("That device is forgotten")) : q.refuse(done.problems());
}

// Answers that hold secrets are not kept for replays.
web::Route unkept(web::Route route) {
  route.idempotent = false;
  return route;
}

}  // namespace

void pin_routes(web::Router& router) {
  router.get("/tai-khoan/ma-pin", show_pin, web::about(N_("PIN")).signed_in().answers<PinPage>());
  router.post("/tai-khoan/ma-pin", do_set_pin,
              unkept(web::about(N_("Choose a PIN")).signed_in().reads<SetPin>()));
  router.post("/tai-khoan/nho-may", do_remember,
              unkept(web::about(N_("Remember this device")).signed_in().reads<PinForm>()));
  router.post("/tai-khoan/quen-may", do_forget,
              unkept(web::about(N_("Forget a device")).signed_in().reads<ForgetDevice>()));
}

}  // namespace danchu::people
